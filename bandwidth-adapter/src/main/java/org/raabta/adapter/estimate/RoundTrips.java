package org.raabta.adapter.estimate;

/** The least and the last round trip: without a queue, and with the one that stands now. */
final class RoundTrips {
    private static final double MOST_MS = 60_000;
    private static final long SLOT_NANOS = 5_000_000_000L;
    private static final int SLOTS = 24;

    private final Lows lows = new Lows(SLOTS, SLOT_NANOS);
    private double lastMs = Double.NaN;
    private long lastNanos;

    /** False if it cannot be one. */
    boolean add(long rttNanos, long nowNanos) {
        double rttMs = rttNanos / 1e6;
        if (rttMs < 0 || rttMs > MOST_MS) {
            return false;
        }
        lows.add(rttMs, nowNanos);
        lastMs = rttMs;
        lastNanos = nowNanos;
        return true;
    }

    /** Without a queue, of the last two minutes; 0 if unknown. */
    double leastMs() {
        double low = Double.isNaN(lastMs) ? Double.NaN : lows.low(0, lastNanos);
        return Double.isNaN(low) ? 0 : low;
    }

    /** What the last one had more than the least; 0 if unknown. */
    double excessMs() {
        return Double.isNaN(lastMs) ? 0 : Math.max(0, lastMs - leastMs());
    }

    void clear() {
        lows.clear();
        lastMs = Double.NaN;
    }
}
