package org.raabta.adapter.estimate;

/** The least round trip of a minute, and what the last ones took beyond it: a queue somewhere, one way or the other. */
final class RoundTrips {
    private static final double MOST_MS = 60_000;

    /** Round trips that stay level are the way itself: a queue in front of what this little feeds would come and go. */
    private static final double LEVEL_SHARE = 0.25;

    private static final long LEVEL_NANOS = 8_000_000_000L;
    private static final int LEVEL_SAMPLES = 3;

    private final Lows lows = new Lows(60, 1_000_000_000L);
    private double lastMs = Double.NaN;
    private double beforeMs = Double.NaN;
    private double leastMs;
    private double levelMs = Double.NaN;
    private long levelSinceNanos;
    private int levelSamples;

    void clear() {
        lows.clear();
        lastMs = Double.NaN;
        beforeMs = Double.NaN;
        levelMs = Double.NaN;
    }

    /** Whether it can be. */
    boolean add(long rttNanos, long sinceNanos) {
        double rttMs = rttNanos / 1e6;
        if (rttNanos <= 0 || rttMs > MOST_MS) {
            return false;
        }
        beforeMs = lastMs;
        lastMs = rttMs;
        if (level(rttMs, sinceNanos) && levelMs > (1 + LEVEL_SHARE) * leastMs) {
            lows.clear();
        }
        lows.add(rttMs, sinceNanos);
        leastMs = lows.low(0, sinceNanos);
        return true;
    }

    private boolean level(double rttMs, long sinceNanos) {
        if (!(Math.abs(rttMs - levelMs) <= LEVEL_SHARE * levelMs)) {
            levelMs = rttMs;
            levelSinceNanos = sinceNanos;
            levelSamples = 0;
        }
        levelSamples++;
        return levelSamples >= LEVEL_SAMPLES && sinceNanos - levelSinceNanos >= LEVEL_NANOS;
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
