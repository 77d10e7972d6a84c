package org.raabta.adapter.estimate;

/** The least round trip of a minute, and what the last ones took beyond it: a queue somewhere, one way or the other. */
final class RoundTrips {
    private static final double MOST_MS = 60_000;

    private final Lows lows = new Lows(60, 1_000_000_000L);
    private double lastMs = Double.NaN;
    private double beforeMs = Double.NaN;
    private double leastMs;

    void clear() {
        lows.clear();
        lastMs = Double.NaN;
        beforeMs = Double.NaN;
    }

    /** Whether it can be. */
    boolean add(long rttNanos, long sinceNanos) {
        double rttMs = rttNanos / 1e6;
        if (rttNanos <= 0 || rttMs > MOST_MS) {
            return false;
        }
        beforeMs = lastMs;
        lastMs = rttMs;
        lows.add(rttMs, sinceNanos);
        leastMs = lows.low(0, sinceNanos);
        return true;
    }

    /** Without a queue; 0 if unknown. */
    double leastMs() {
        return leastMs;
    }

    double lastMs() {
        return Double.isNaN(lastMs) ? 0 : lastMs;
    }

    /** What stands: the lesser of the last two beyond the least; 0 if unknown. */
    double queueMs() {
        return Double.isNaN(beforeMs) ? 0 : Math.max(0, Math.min(lastMs, beforeMs) - leastMs);
    }
}
