package org.raabta.adapter.estimate;

/** How old the newest confirmed packet usually is when the next one is confirmed on this link, and from when on its age is news. */
final class Lateness {
    private static final double USUAL_SHARE = 0.2;
    /** What a fall makes old is not what is usual; a longer way for good becomes it. */
    private static final double LATE_SHARE = 0.05;

    /** Between two of a browser's feedbacks at most. */
    private static final double FEEDBACK_MS = 300;

    /** Feedback that is later than the latest of these seconds was, by a factor, is news; never so soon, always so late. */
    private static final double HALF_MS = 10_000;

    /** Learnt so much later: the first late ones of a fall would excuse the next. */
    private static final double WITHIN_MS = 2_000;

    private static final double FACTOR = 1.5;
    private static final double LEAST_MS = 100;
    private static final double MOST_MS = 500;

    /** A round trip and the interval. */
    private double usualMs;
    /** How much older than usual it was at worst, forgotten by half every {@link #HALF_MS}. */
    private double worstMs = MOST_MS / 2;

    private double beforeMs;
    private double latestMs;
    private double latestForMs;
    private boolean late;

    double usualMs() {
        return usualMs;
    }

    /**
     * A first one that took much longer than the way does stood in a queue: that is not what is usual.
     *
     * @param rttMs without a queue; 0 if unknown
     */
    void onFirst(double ageMs, double rttMs) {
        usualMs = rttMs > 0 ? Math.min(ageMs, rttMs + FEEDBACK_MS) : ageMs;
    }

    /** @param sinceMs since the last confirmation */
    void onConfirmed(double ageMs, double sinceMs) {
        learn(Math.min(MOST_MS, ageMs - usualMs), sinceMs);
        usualMs += (late ? LATE_SHARE : USUAL_SHARE) * (ageMs - usualMs);
    }

    private void learn(double lateMs, double sinceMs) {
        worstMs *= Math.pow(0.5, sinceMs / HALF_MS);
        latestMs = Math.max(latestMs, lateMs);
        latestForMs += sinceMs;
        if (latestForMs >= WITHIN_MS) {
            worstMs = Math.max(worstMs, beforeMs);
            beforeMs = latestMs;
            latestMs = 0;
            latestForMs = 0;
        }
    }

    /** Whether so much beyond the usual age means another link: soon where feedback is steady, late where it is not, and until it is nearly as young as usual again. */
    boolean tooLate(double overdueMs) {
        double limitMs = Math.max(LEAST_MS, Math.min(MOST_MS, FACTOR * worstMs));
        late = overdueMs > (late ? limitMs / 2 : limitMs);
        return late;
    }
}
