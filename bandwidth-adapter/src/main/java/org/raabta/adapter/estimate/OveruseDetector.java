package org.raabta.adapter.estimate;

/** Judges readings: a queue that stands is too much use; one that is on its way out by itself was a stall. */
final class OveruseDetector {
    /** What a reading says. */
    enum Verdict {
        NORMAL,
        /** About half of what would count: no growth. */
        HALFWAY,
        /** A queue that may become one too many: no growth now. */
        SUSPECT,
        /** A queue that stands. */
        OVERUSED,
        /** A queue that grows fast, or is large already: what was known of the link is wrong. */
        COLLAPSED,
        SEVERE
    }

    /** A rise over the window is believed when it is this many times the usual spread. */
    private static final double TREND_FACTOR = 4;

    /** Jitter wanders slowly: an excess that is shorter than this many spreads of delay may be one of its turns. */
    private static final double TURN = 6;

    /** Three packets in a row that take so much longer each time are no jitter. */
    private static final double RISE_MS = 100;

    private static final double HALFWAY = 0.5;
    private static final double HIGH_TURN = 4;

    private final EstimatorSettings.Overuse settings;
    private int over;
    private long overNanos;

    OveruseDetector(EstimatorSettings.Overuse settings) {
        this.settings = settings;
    }

    void clear() {
        over = 0;
    }

    /** The queue from which on a reading counts. */
    double limitMs(double noiseMs, boolean high) {
        return Math.max(high ? settings.highQueueMs() : settings.lowQueueMs(), settings.noiseFactor() * noiseMs);
    }

    Verdict judge(Reading reading, boolean high) {
        if (reading.falling()) {
            over = 0;
            return reading.tailMs() > settings.severeMs() ? Verdict.SUSPECT : Verdict.NORMAL;
        }
        if (reading.tailMs() > settings.severeMs()) {
            return Verdict.SEVERE;
        }
        double limitMs = limitMs(reading.noiseMs(), high);
        boolean collapsing = reading.riseMs() > Math.max(RISE_MS, 2 * reading.noiseMs())
                && reading.tailMs() > Math.max(settings.atOnceMs() / 2, limitMs);
        if (collapsing || reading.queueMs() > Math.max(settings.atOnceMs(), 2 * limitMs)) {
            return Verdict.COLLAPSED;
        }
        // The trendline of the usual design, judged against this link's own noise; of no use with a packet or two
        // per turn of the jitter, so above the low-rate regime only.
        boolean trend = high
                && reading.queueMs() > limitMs / 2
                && reading.trendMs() > Math.max(settings.highQueueMs(), TREND_FACTOR * reading.noiseMs());
        if (reading.queueMs() <= limitMs && !trend) {
            over = 0;
            return reading.queueMs() > HALFWAY * limitMs ? Verdict.HALFWAY : Verdict.NORMAL;
        }
        if (over++ == 0) {
            overNanos = reading.atNanos();
        }
        boolean stands = (reading.atNanos() - overNanos) / 1e6 >= (high ? HIGH_TURN : TURN) * reading.noiseMs();
        return over >= settings.readings() && stands ? Verdict.OVERUSED : Verdict.SUSPECT;
    }
}
