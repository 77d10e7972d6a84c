package org.raabta.adapter.estimate;

import java.util.Arrays;

/**
 * What packets that left together tell of the link: it lets them out one after the other, and their spacing is its rate. The
 * packets of a picture do that by themselves, so nothing is sent for it (packet trains).
 *
 * <pre>
 * sent        ||||                      ||
 * arrived     |   |   |   |             |   |      bytes after the first / time between the first and the last
 * </pre>
 */
final class Bursts {
    /** Later than this after the one before, and the sender's own pace is in the spacing. */
    private static final long TOGETHER_NANOS = 2_000_000;
    /** Less than a full packet is spaced by clocks and threads, not by the link. */
    private static final long LEAST_BYTES = 900;

    private static final int KEPT = 24;
    private static final int LEAST_BURSTS = 8;
    private static final long FRESH_NANOS = 5_000_000_000L;
    /** Of the bursts: the slowest stood in a stall of the link, and the ends of the fastest were pushed together by its jitter. */
    private static final double UNTRUE = 0.25;

    private static final double MOST_KBPS = 50_000;

    private final long[] bytes = new long[KEPT];
    private final long[] spanNanos = new long[KEPT];
    private final long[] endedNanos = new long[KEPT];
    private final double[] nanosPerByte = new double[KEPT];
    private int count;
    private boolean started;
    private long lastSentNanos;
    private long firstArrivedNanos;
    private long firstBytes;
    private long lastArrivedNanos;
    private long lastBytes;

    void clear() {
        count = 0;
        started = false;
    }

    /** In the order of sending, on two clocks of any offset. */
    void add(long sentNanos, long arrivedNanos, long cumulativeBytes) {
        if (!started || sentNanos - lastSentNanos > TOGETHER_NANOS) {
            end();
            started = true;
            firstArrivedNanos = arrivedNanos;
            firstBytes = cumulativeBytes;
        }
        lastSentNanos = sentNanos;
        lastArrivedNanos = arrivedNanos;
        lastBytes = cumulativeBytes;
    }

    private void end() {
        if (!started || lastBytes - firstBytes < LEAST_BYTES) {
            return;
        }
        int at = count++ % KEPT;
        bytes[at] = lastBytes - firstBytes;
        spanNanos[at] = Math.max(1, lastArrivedNanos - firstArrivedNanos);
        endedNanos[at] = lastArrivedNanos;
    }

    /** Link kbps; NaN while too few bursts are known. */
    double kbps() {
        int fresh = 0;
        for (int i = 0; i < Math.min(count, KEPT); i++) {
            if (fresh(i)) {
                nanosPerByte[fresh++] = nanosPerByte(i);
            }
        }
        if (fresh < LEAST_BURSTS) {
            return Double.NaN;
        }
        Arrays.sort(nanosPerByte, 0, fresh);
        int untrue = (int) (UNTRUE * fresh);
        double fastest = nanosPerByte[untrue];
        double slowest = nanosPerByte[fresh - 1 - untrue];
        long sumBytes = 0;
        long sumNanos = 0;
        for (int i = 0; i < Math.min(count, KEPT); i++) {
            boolean counts = fresh(i) && nanosPerByte(i) >= fastest && nanosPerByte(i) <= slowest;
            sumBytes += counts ? bytes[i] : 0;
            sumNanos += counts ? spanNanos[i] : 0;
        }
        return Math.min(MOST_KBPS, sumBytes * 8e6 / sumNanos);
    }

    private boolean fresh(int i) {
        return lastArrivedNanos - endedNanos[i] < FRESH_NANOS;
    }

    private double nanosPerByte(int i) {
        return (double) spanNanos[i] / bytes[i];
    }
}
