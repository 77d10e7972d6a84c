package org.raabta.adapter.estimate;

import java.util.Arrays;

/**
 * The standing queue: a low quantile of the delays of a short window, above the lowest that quantile has been for a
 * minute. A stall or jitter moves the upper delays of a window; only a queue that stands moves the lower ones.
 */
final class QueueSignal {
    private static final long SECOND_NANOS = 1_000_000_000L;
    /** Above the low-rate regime packets are many and a shorter window says as much. */
    private static final double HIGH_WINDOW_SHARE = 0.5;
    /** Jitter wanders (a link in order cannot do otherwise): a window holds several of its turns. */
    private static final double NOISE_WINDOWS = 15;
    /** A window of few packets ends here, or sparse stamps would be read when they are old. */
    private static final double LONGEST_MS = 3_000;

    /** Stamps come three in a row each second: two such rows say as much as a window of the others. */
    private static final double SPARSE_WINDOWS = 1.2;

    private static final int SPARSE_PACKETS = 6;
    private static final int LEAST_PACKETS = 3;
    /** A few of the lowest seconds are luck. */
    private static final double LUCK = 0.1;

    private static final double NOISE_SHARE = 0.05;
    private static final double MOST_NOISE_MS = 150;
    /** Of a second's delay per second: slower than this a queue does not go by itself. */
    private static final double DRAIN = 0.1;

    private static final double CLEAR_MS = 50;

    /** What none of the packets of so long a time was spared stands, however few they are. */
    private static final double STANDS_MS = 800;

    private static final int KEPT_TAILS = 16;

    private final EstimatorSettings.Queue settings;
    private final Lows lows;
    private final double[] delays = new double[1024];
    private double noiseMs = Double.NaN;
    private double baseMs = Double.NaN;
    private double peakMs;
    private long peakNanos;
    private final double[] tails = new double[KEPT_TAILS];
    private final long[] tailNanos = new long[KEPT_TAILS];
    private int tailCount;

    QueueSignal(EstimatorSettings.Queue settings) {
        this.settings = settings;
        lows = new Lows((int) Math.max(2, settings.baselineMs() / 1000), SECOND_NANOS);
    }

    void clear() {
        lows.clear();
        baseMs = Double.NaN;
        peakMs = 0;
        tailCount = 0;
    }

    /** What stood lately was no queue: delays are counted from here on. */
    void rebase() {
        lows.clear();
        peakMs = 0;
        tailCount = 0;
    }

    /** The delay without a queue, on the same scale as {@link TimedPackets#delayMs}; NaN before the first reading. */
    double baseMs() {
        return baseMs;
    }

    double noiseMs() {
        return Double.isNaN(noiseMs) ? 0 : noiseMs;
    }

    /** Whether there are enough packets to read anything from. */
    static boolean readable(TimedPackets packets) {
        return packets.size() >= LEAST_PACKETS;
    }

    Reading read(TimedPackets packets, boolean high) {
        int count = window(packets, high);
        for (int i = 0; i < count; i++) {
            delays[i] = packets.delayMs(i);
        }
        double trendMs = trendMs(packets, count);
        Arrays.sort(delays, 0, count);
        double quantileMs = delays[(int) (count * settings.quantile())];
        double spreadMs = delays[count * 3 / 4] - delays[count / 4];
        long arrivedNanos = packets.arrivedNanos(0);
        lows.add(quantileMs, arrivedNanos);
        baseMs = lows.low(LUCK, arrivedNanos);
        double tailMs = Double.MAX_VALUE;
        boolean rising = true;
        for (int i = 0; i < LEAST_PACKETS; i++) {
            tailMs = Math.min(tailMs, packets.delayMs(i) - baseMs);
            rising &= i == 0 || packets.delayMs(i - 1) > packets.delayMs(i);
        }
        double queueMs = Math.max(0, Math.max(quantileMs - baseMs, high ? 0 : standingMs(tailMs, arrivedNanos)));
        learn(spreadMs, queueMs);
        return new Reading(
                queueMs,
                Math.max(0, tailMs),
                noiseMs(),
                trendMs,
                rising ? packets.delayMs(0) - packets.delayMs(LEAST_PACKETS - 1) : 0,
                falling(tailMs, queueMs, arrivedNanos),
                arrivedNanos);
    }

    /** The least of the newest delays of the last readings, if those cover long enough: a sparse quantile is seconds late. */
    private double standingMs(double tailMs, long arrivedNanos) {
        tails[tailCount % KEPT_TAILS] = tailMs;
        tailNanos[tailCount % KEPT_TAILS] = arrivedNanos;
        tailCount++;
        double least = tailMs;
        for (int back = 1; back < Math.min(tailCount, KEPT_TAILS); back++) {
            int at = (tailCount - 1 - back) % KEPT_TAILS;
            least = Math.min(least, tails[at]);
            if ((arrivedNanos - tailNanos[at]) / 1e6 >= STANDS_MS) {
                return least;
            }
        }
        return 0;
    }

    private int window(TimedPackets packets, boolean high) {
        double windowMs = Math.max(settings.windowMs() * (high ? HIGH_WINDOW_SHARE : 1), NOISE_WINDOWS * noiseMs());
        int count = LEAST_PACKETS;
        while (count < packets.size()) {
            double ageMs = (packets.arrivedNanos(0) - packets.arrivedNanos(count)) / 1e6;
            boolean enough = (ageMs > windowMs && count >= settings.windowPackets())
                    || (ageMs > SPARSE_WINDOWS * windowMs && count >= SPARSE_PACKETS);
            if (enough || ageMs > Math.max(windowMs, LONGEST_MS)) {
                break;
            }
            count++;
        }
        return count;
    }

    private static double trendMs(TimedPackets packets, int count) {
        double spanMs = (packets.arrivedNanos(0) - packets.arrivedNanos(count - 1)) / 1e6;
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < count; i++) {
            meanX += (packets.arrivedNanos(i) - packets.arrivedNanos(0)) / 1e6 / count;
            meanY += packets.delayMs(i) / count;
        }
        double xy = 0;
        double xx = 0;
        for (int i = 0; i < count; i++) {
            double x = (packets.arrivedNanos(i) - packets.arrivedNanos(0)) / 1e6 - meanX;
            xy += x * (packets.delayMs(i) - meanY);
            xx += x * x;
        }
        return xx == 0 ? 0 : xy / xx * spanMs;
    }

    /** Slowly, and not while a queue stands: a growing queue spreads the delays as well. */
    private void learn(double spreadMs, double queueMs) {
        if (Double.isNaN(noiseMs)) {
            noiseMs = Math.min(spreadMs, CLEAR_MS);
        } else if (queueMs < Math.max(CLEAR_MS, 2 * noiseMs)) {
            noiseMs += NOISE_SHARE * (Math.min(spreadMs, MOST_NOISE_MS) - noiseMs);
        }
    }

    private boolean falling(double tailMs, double queueMs, long arrivedNanos) {
        if (queueMs < CLEAR_MS || tailMs >= peakMs) {
            peakMs = tailMs;
            peakNanos = arrivedNanos;
            return false;
        }
        double sinceMs = (arrivedNanos - peakNanos) / 1e6;
        return tailMs < peakMs - Math.max(CLEAR_MS, noiseMs()) - DRAIN * sinceMs;
    }
}
