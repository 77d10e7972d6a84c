package org.raabta.adapter.estimate;

/** Nothing for longer than delay explains, while something is expected. */
final class Silence {
    private static final double MOST_INTERVAL_MS = 2_000;
    private static final double INTERVAL_SHARE = 0.1;

    private final EstimatorSettings.Silence settings;
    private boolean expected;
    private boolean silent;
    private long lastSignNanos;
    private double intervalMs;

    Silence(EstimatorSettings.Silence settings, long nowNanos) {
        this.settings = settings;
        lastSignNanos = nowNanos;
    }

    boolean silent() {
        return silent;
    }

    void expect(boolean signs, long nowNanos) {
        if (signs && !expected) {
            lastSignNanos = nowNanos;
        }
        expected = signs;
        silent &= signs;
    }

    /** Whether it ended a silence. */
    boolean onSign(long nowNanos) {
        boolean ended = silent;
        if (!ended && expected) {
            double sinceMs = Math.min(MOST_INTERVAL_MS, (nowNanos - lastSignNanos) / 1e6);
            intervalMs += (sinceMs > intervalMs ? 1 : INTERVAL_SHARE) * (sinceMs - intervalMs);
        }
        silent = false;
        lastSignNanos = nowNanos;
        return ended;
    }

    /** Whether the silence begins now. */
    boolean begins(double rttMs, long nowNanos) {
        boolean begins = expected && !silent && nowNanos - deadlineNanos(rttMs) >= 0;
        silent |= begins;
        return begins;
    }

    boolean waiting() {
        return expected && !silent;
    }

    long deadlineNanos(double rttMs) {
        double waitMs = Math.max(settings.afterMs(), 2 * rttMs + intervalMs);
        return lastSignNanos + (long) (waitMs * 1e6);
    }
}
