package org.raabta.adapter.estimate;

import org.raabta.adapter.Confidence;
import org.raabta.adapter.Estimate;

/**
 * Moves the estimate: down to what came out while a queue stood, up while none does. Below the low-rate limit slowly and
 * without constant terms, above it by shares; fast from the start until the link was full for the first time.
 */
final class RateController {
    static final double LEAST_KBPS = 1;
    private static final double MOST_KBPS = 20_000;

    /** While the link is not full, this much more than it carries is believed (as browsers do). */
    private static final double BELIEVED_FACTOR = 1.5;

    private static final double BELIEVED_KBPS = 10;
    /** What was carried once is believed for so long. */
    private static final double FRESH_MS = 30_000;
    /** Then it fades, per second, as long as there is traffic to judge by. */
    private static final double FADE = 0.95;

    private static final double TRAFFIC_KBPS = 5;
    /** Two falls to about the same rate within this time: that is the link, not an accident. */
    private static final double SAME_FALL_MS = 30_000;

    private static final double SAME_FALL_FACTOR = 1.5;
    private static final double NEAR_FULL = 0.85;
    private static final double OVER_FULL = 1.3;
    /** A packet of 1200 bytes, in kilobits: what near the limit is added per response time. */
    private static final double PACKET_KBIT = 9.6;

    private static final double RESPONSE_MS = 100;
    private static final double LEAST_GAP_MS = 400;
    private static final double BLIND_DECREASE = 0.7;

    private final EstimatorSettings.Rates settings;
    private double kbps;
    private Confidence confidence = Confidence.NONE;
    private Estimate.State state = Estimate.State.CLEAN;
    private boolean fastStart = true;
    private double provenKbps;
    private double provenAtMs = Double.NEGATIVE_INFINITY;
    private double hintKbps;
    private double hintAtMs = Double.NEGATIVE_INFINITY;
    /** What the link carried when it was last full; 0 if it never was. */
    private double fullKbps;

    private double fellToKbps;
    private double fellAtMs = Double.NEGATIVE_INFINITY;
    private double cleanSinceMs;
    private double movedAtMs;

    RateController(EstimatorSettings.Rates settings, double nowMs) {
        this.settings = settings;
        this.cleanSinceMs = nowMs;
        this.movedAtMs = nowMs;
    }

    double kbps() {
        return kbps;
    }

    Confidence confidence() {
        return confidence;
    }

    Estimate.State state() {
        return state;
    }

    boolean high() {
        return kbps >= settings.lowBelowKbps();
    }

    /** Known from elsewhere; counts where it is more certain than what is known here. */
    void hint(double value, Confidence sure, double nowMs) {
        if (!(value > 0) || sure.compareTo(confidence) < 0) {
            return;
        }
        hintKbps = Math.min(value, MOST_KBPS);
        hintAtMs = nowMs;
        kbps = hintKbps;
        confidence = sure;
    }

    /**
     * A queue stands that is too much.
     *
     * @param outKbps what came out meanwhile, NaN if unknown
     */
    void decrease(boolean severe, double outKbps, double rttMs, double nowMs) {
        fastStart = false;
        cleanSinceMs = nowMs;
        movedAtMs = nowMs;
        boolean again =
                state == Estimate.State.OVERUSED || state == Estimate.State.SEVERE || state == Estimate.State.DRAINING;
        boolean worse = severe && state != Estimate.State.SEVERE;
        state = severe ? Estimate.State.SEVERE : Estimate.State.OVERUSED;
        double share = severe ? settings.severeDecrease() : settings.decrease();
        double target = Double.isNaN(outKbps) ? kbps * BLIND_DECREASE : share * outKbps;
        boolean tooSoon = again && !worse && nowMs - fellAtMs < Math.max(LEAST_GAP_MS, rttMs);
        if (tooSoon && target > kbps * BLIND_DECREASE) {
            return;
        }
        if (!Double.isNaN(outKbps)) {
            boolean same = nowMs - fellAtMs < SAME_FALL_MS
                    && outKbps < fellToKbps * SAME_FALL_FACTOR
                    && fellToKbps < outKbps * SAME_FALL_FACTOR;
            if (same || fullKbps == 0 || outKbps > fullKbps * 0.5) {
                fullKbps = outKbps;
            }
            fellToKbps = outKbps;
            confidence = Confidence.HIGH;
            provenKbps = outKbps * share;
            provenAtMs = nowMs;
        }
        hintAtMs = Double.NEGATIVE_INFINITY;
        fellAtMs = nowMs;
        kbps = Math.max(LEAST_KBPS, Math.min(kbps, target));
    }

    /** Neither too much nor clean: nothing moves. */
    void hold(double nowMs) {
        cleanSinceMs = nowMs;
        movedAtMs = nowMs;
    }

    /**
     * No queue worth the name.
     *
     * @param outKbps what came lately, NaN if unknown
     */
    void clean(double queueMs, double outKbps, double rttMs, double nowMs) {
        if (state != Estimate.State.CLEAN) {
            boolean drained = queueMs < settings.drainedMs() || nowMs - fellAtMs >= settings.drainMs();
            state = drained ? Estimate.State.CLEAN : Estimate.State.DRAINING;
            hold(nowMs);
            return;
        }
        if (Double.isNaN(outKbps)) {
            movedAtMs = nowMs;
            return;
        }
        double seconds = Math.max(0, Math.min(1, (nowMs - movedAtMs) / 1000));
        movedAtMs = nowMs;
        double believedKbps = BELIEVED_FACTOR * outKbps + BELIEVED_KBPS;
        prove(outKbps, believedKbps, nowMs);
        double ceiling = Math.max(believedKbps, provenKbps);
        ceiling = nowMs - hintAtMs < FRESH_MS ? Math.max(ceiling, hintKbps) : ceiling;
        double grown = Math.min(MOST_KBPS, grown(seconds, rttMs, nowMs));
        if (grown <= ceiling) {
            kbps = Math.max(kbps, grown);
        } else if (kbps <= ceiling) {
            kbps = ceiling;
        } else if (outKbps > TRAFFIC_KBPS && nowMs - provenAtMs > FRESH_MS) {
            kbps = Math.max(ceiling, kbps * StrictMath.pow(FADE, seconds));
        }
    }

    private void prove(double outKbps, double believedKbps, double nowMs) {
        if (outKbps >= provenKbps || (nowMs - provenAtMs > FRESH_MS && outKbps > TRAFFIC_KBPS)) {
            provenKbps = outKbps;
            provenAtMs = nowMs;
        }
        if (kbps <= believedKbps && nowMs - cleanSinceMs >= settings.cleanMs() / 2) {
            confidence = confidence.compareTo(Confidence.MEDIUM) < 0 ? Confidence.MEDIUM : confidence;
        }
        if (kbps > fullKbps * OVER_FULL && confidence == Confidence.HIGH) {
            confidence = Confidence.MEDIUM;
        }
    }

    private double grown(double seconds, double rttMs, double nowMs) {
        if (fastStart) {
            return Math.max(kbps, LEAST_KBPS * 10) * StrictMath.pow(settings.fastStartFactor(), seconds);
        }
        if (fullKbps > 0 && kbps < settings.recoverBelow() * fullKbps) {
            return kbps * StrictMath.pow(1 + settings.recoverShare(), seconds);
        }
        if (high()) {
            boolean nearFull = kbps > NEAR_FULL * fullKbps && kbps < OVER_FULL * fullKbps;
            double perSecond = nearFull
                    ? Math.max(4, PACKET_KBIT * 1000 / (2 * (rttMs + RESPONSE_MS)))
                    : kbps * settings.recoverShare();
            return kbps + perSecond * seconds;
        }
        if (nowMs - cleanSinceMs < settings.cleanMs()) {
            return kbps;
        }
        return kbps + Math.max(settings.growKbps(), settings.growShare() * kbps) * seconds;
    }

    /** More is lost than a radio link loses by itself, while a queue stands or so much that nothing else explains it. */
    void lossy(double outKbps, double nowMs) {
        fastStart = false;
        cleanSinceMs = nowMs;
        if (!Double.isNaN(outKbps) && outKbps < kbps && nowMs - fellAtMs >= LEAST_GAP_MS) {
            fellAtMs = nowMs;
            kbps = Math.max(LEAST_KBPS, outKbps);
        }
    }

    void silent() {
        state = Estimate.State.SILENT;
    }

    /**
     * Signs of life after a silence.
     *
     * @param outKbps what was carried before, NaN if unknown
     */
    void resume(double outKbps, double share, double nowMs) {
        state = Estimate.State.CLEAN;
        fullKbps = Math.max(fullKbps, kbps);
        kbps = Double.isNaN(outKbps)
                ? kbps
                : Math.max(LEAST_KBPS, Math.min(kbps, Math.max(share * outKbps, share * kbps)));
        provenKbps = kbps;
        provenAtMs = nowMs;
        hintAtMs = Double.NEGATIVE_INFINITY;
        hold(nowMs);
    }
}
