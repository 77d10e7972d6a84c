package org.raabta.adapter.estimate;

import org.jspecify.annotations.Nullable;

/**
 * The last timed packets: when they came, how long they took (from an origin nobody knows) and how much had been
 * delivered by then. Packets that came within two milliseconds are one entry, so the ring holds seconds at any rate.
 */
final class TimedPackets {
    private static final int ENTRIES = 1024;
    private static final long TOGETHER_NANOS = 2_000_000;
    /** What reordering and a coarse clock explain; further back, the clock was set. */
    private static final long REORDER_NANOS = 1_000_000_000L;
    /** No feedback is told so late, no queue is so long, that the far clock may run ahead of ours by this. */
    private static final long AHEAD_NANOS = 15_000_000_000L;
    /** More than any link here: 100 Mbps in bytes per nanosecond, with a burst on top. */
    private static final double MOST_BYTES_PER_NANO = 100e6 / 8 / 1e9;

    private static final long BURST_BYTES = 4_000_000;

    private final long[] arrivedNanos = new long[ENTRIES];
    private final double[] delayMs = new double[ENTRIES];
    private final long[] bytes = new long[ENTRIES];
    private final Skew skew = new Skew();
    private int newest = -1;
    private int size;
    private boolean started;
    private long originArrivedNanos;
    private long originSentNanos;
    private long lastSentNanos;
    private long lastArrivedNanos;
    private long lastNowNanos;
    private long lastBytes;

    int size() {
        return size;
    }

    /** Of the {@code back}th entry from the newest on: since the origin of all of them. */
    long arrivedNanos(int back) {
        return arrivedNanos[at(back)];
    }

    /** Above an unknown constant that is the same for all entries. */
    double delayMs(int back) {
        return delayMs[at(back)];
    }

    long bytes(int back) {
        return bytes[at(back)];
    }

    private int at(int back) {
        return Math.floorMod(newest - back, ENTRIES);
    }

    void clear() {
        size = 0;
        started = false;
        skew.clear();
    }

    /** Whether a packet that came at {@code cameNanos} would be an entry of its own. */
    boolean isLater(long cameNanos) {
        return size > 0 && cameNanos - originArrivedNanos - arrivedNanos[newest] >= TOGETHER_NANOS;
    }

    /** What was odd about the packet; after {@link Oddity#CLOCK_STEP} nothing before it is left. */
    @Nullable
    Oddity add(long sentNanos, long cameNanos, long cumulativeBytes, long nowNanos) {
        if (!started) {
            start(sentNanos, cameNanos, cumulativeBytes, nowNanos);
            return null;
        }
        long sentAfter = sentNanos - lastSentNanos;
        long cameAfter = cameNanos - lastArrivedNanos;
        if (sentAfter < -REORDER_NANOS
                || cameAfter < -REORDER_NANOS
                || cameAfter - (nowNanos - lastNowNanos) > AHEAD_NANOS
                || sentAfter - cameAfter > AHEAD_NANOS) {
            clear();
            start(sentNanos, cameNanos, cumulativeBytes, nowNanos);
            return Oddity.CLOCK_STEP;
        }
        if (sentAfter < 0 || cameAfter < 0) {
            return Oddity.REORDERED;
        }
        long more = cumulativeBytes - lastBytes;
        boolean absurd = more < 0 || more > BURST_BYTES + cameAfter * MOST_BYTES_PER_NANO;
        if (absurd) {
            size = 0;
        }
        remember(sentNanos, cameNanos, cumulativeBytes, nowNanos);
        put(cameNanos - originArrivedNanos, rawDelayMs(sentNanos, cameNanos), cumulativeBytes);
        return absurd ? Oddity.ABSURD_BYTES : null;
    }

    private void start(long sentNanos, long cameNanos, long cumulativeBytes, long nowNanos) {
        started = true;
        originSentNanos = sentNanos;
        originArrivedNanos = cameNanos;
        remember(sentNanos, cameNanos, cumulativeBytes, nowNanos);
        put(0, 0, cumulativeBytes);
    }

    private void remember(long sentNanos, long cameNanos, long cumulativeBytes, long nowNanos) {
        lastSentNanos = sentNanos;
        lastArrivedNanos = cameNanos;
        lastBytes = cumulativeBytes;
        lastNowNanos = nowNanos;
    }

    private double rawDelayMs(long sentNanos, long cameNanos) {
        return ((cameNanos - originArrivedNanos) - (sentNanos - originSentNanos)) / 1e6;
    }

    private void put(long cameNanos, double rawDelayMs, long cumulativeBytes) {
        double delay = skew.correct(rawDelayMs, cameNanos);
        if (size > 0 && cameNanos - arrivedNanos[newest] < TOGETHER_NANOS) {
            delayMs[newest] = Math.min(delayMs[newest], delay);
            bytes[newest] = cumulativeBytes;
            return;
        }
        newest = (newest + 1) % ENTRIES;
        arrivedNanos[newest] = cameNanos;
        delayMs[newest] = delay;
        bytes[newest] = cumulativeBytes;
        size = Math.min(ENTRIES, size + 1);
    }
}
