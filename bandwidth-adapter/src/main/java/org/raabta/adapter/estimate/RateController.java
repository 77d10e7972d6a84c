package org.raabta.adapter.estimate;

import org.raabta.adapter.Confidence;
import org.raabta.adapter.Estimate.State;
import org.raabta.adapter.estimate.OveruseDetector.Verdict;

/**
 * Moves the estimate: down to a share of what came out while the link was full, up while it is clean. It never falls
 * because less was sent.
 */
final class RateController {
    private static final double MOST_KBPS = 50_000;
    /** A growth step covers at most this: what lies further back was not watched. */
    private static final double LONGEST_STEP_S = 1;
    /** Carrying so much more than the last good capacity, without a queue, is another link. */
    private static final double ANOTHER_LINK = 1.15;

    /** For so long, or it was the jitter of one reading. */
    private static final long BEYOND_NANOS = 2_000_000_000L;

    private static final double RESTART_FACTOR = 1.3;
    private static final long FREE_NANOS = 10_000_000_000L;
    /** What comes in one step of the additive growth near the last good capacity. */
    private static final double PACKET_KBIT = 9.6;
    /**
     * Above the low-rate regime, and as long as it is known where the link was full, the estimate goes no further beyond that, or beyond
     * what flows: an encoder leaves bits unused, and an estimate that has run away from what flows is a burst to come.
     */
    private static final double NEAR = 1.1;
    /** Each second without trouble it may go so much further: what was measured may have been a stall, or the link another one by now. */
    private static final double NEAR_MORE = 0.007;
    /** Of what a link carried in its better seconds, what it may be trusted with when it was last full below that: a stall perhaps. */
    private static final double ELASTIC_SHARE = 0.9;
    /**
     * A flow that takes all there is goes so much further beyond the last full link, per second of calm squared: as CUBIC does (RFC
     * 9438), slowly where it was full and soon out of sight if it is not any more.
     */
    private static final double ELASTIC_MORE = 0.0005;
    /** And no further: beyond what shows that it is another link. */
    private static final double ELASTIC_MOST = 1.25;

    /** An estimate of so much more than is delivered was not proven. */
    private static final double HOPED = 1.3;
    /** A link that carried so much lately still carries this share of it, unless its queue grows fast. */
    private static final double CARRIED = 0.7;
    /** A queue that goes within a round trip and this was none. */
    private static final double BLINK_MS = 200;
    /** A queue that has grown by this since a decrease does not wait for its answer. */
    private static final double GREW_MS = 50;
    /** How long a reading takes. */
    private static final double ANSWER_MS = 1_000;
    /** How quickly the estimate follows what is measured while a queue drains. */
    private static final double FOLLOW = 0.3;
    /** Between two decreases for loss alone. */
    private static final long LOSS_NANOS = 1_000_000_000L;

    /** Packets that wait so long while it is known where the link was full: it is nearly full again. */
    private static final double WAITS_MS = 40;

    /** Of what bursts show: they say what the link can, and not what is left of it for long. */
    private static final double BURST_SHARE = 0.85;
    /** They are short, and lend no more than this times what flows. */
    private static final double BURST_REACH = 3;
    /** Bursts of a thin link are a packet or two, and its stalls are longer than they are. */
    private static final double LEAST_BURST_KBPS = 180;

    /**
     * What the packets of a reading tell; each NaN if they tell nothing of it.
     *
     * @param busyKbps   what came out while a queue stood
     * @param recentKbps what came out lately
     * @param burstKbps  how fast packets came that left together
     */
    record Seen(double busyKbps, double recentKbps, double burstKbps) {
        private double provenByBursts() {
            return burstKbps >= LEAST_BURST_KBPS ? BURST_SHARE * burstKbps : 0;
        }
    }

    /** What a decrease changed. */
    private record Before(double kbps, double goodKbps, double startFactor, long atNanos) {}

    private final EstimatorSettings.Rates settings;
    private final Proof proof = new Proof();
    private Before before = new Before(0, 0, 1, 0);
    private double kbps;
    private double goodKbps;
    private double deliveredKbps = Double.NaN;
    private double startFactor;
    private double fallTailMs;
    private boolean holding;
    private State state = State.CLEAN;
    private long holdNanos;
    private long troubleNanos;
    private long grownNanos;
    private long lossNanos;
    private long beyondNanos;

    RateController(EstimatorSettings.Rates settings, long nowNanos) {
        this.settings = settings;
        startFactor = settings.fastStartFactor();
        troubleNanos = nowNanos;
        grownNanos = nowNanos;
        lossNanos = nowNanos - LOSS_NANOS;
    }

    double kbps() {
        return kbps;
    }

    State state() {
        return state;
    }

    /** What came out when the link was last full; 0 if it never was. */
    double goodKbps() {
        return goodKbps;
    }

    boolean high() {
        return kbps >= settings.lowBelowKbps();
    }

    Confidence confidence(long nowNanos) {
        return kbps == 0 ? Confidence.NONE : proof.confidence(nowNanos);
    }

    double provenKbps(long nowNanos) {
        return proof.provenKbps(nowNanos);
    }

    /**
     * What a flow that fills the link may go to, speech included. The estimate alone is a hope beyond where the link was last full, and
     * such a flow would try it at once.
     */
    double elasticKbps(long nowNanos) {
        if (goodKbps == 0) {
            return kbps;
        }
        double calmS = (nowNanos - troubleNanos) / 1e9;
        double base = Math.max(goodKbps, ELASTIC_SHARE * proof.oftenKbps(nowNanos));
        return Math.min(kbps, base * Math.min(ELASTIC_MOST, 1 + ELASTIC_MORE * calmS * calmS));
    }

    void hint(double hintKbps, Confidence confidence, long nowNanos) {
        if (kbps == 0 || !proof.trusted() || confidence.compareTo(Confidence.MEDIUM) >= 0) {
            kbps = Math.min(MOST_KBPS, hintKbps);
        }
        proof.hint(Math.min(MOST_KBPS, hintKbps), confidence, nowNanos);
    }

    /** Another network: what the old one carried is a guess. */
    void restart(double share, long nowNanos) {
        resume(share, nowNanos);
        kbps = Math.min(kbps, share * kbps + Proof.HOPE_KBPS);
        goodKbps = 0;
        startFactor = settings.fastStartFactor();
    }

    /** After a silence. */
    void resume(double share, long nowNanos) {
        proof.doubt();
        if (!Double.isNaN(deliveredKbps)) {
            kbps = Math.min(kbps, share * deliveredKbps);
        }
        holding = false;
        state = State.CLEAN;
        startFactor = RESTART_FACTOR;
        troubleNanos = nowNanos;
        grownNanos = nowNanos;
    }

    void onReading(Verdict verdict, Reading reading, Seen seen, double rttMs, long nowNanos) {
        double busyKbps = seen.busyKbps();
        if (!Double.isNaN(seen.recentKbps())) {
            deliveredKbps = Math.min(MOST_KBPS, seen.recentKbps());
        }
        switch (verdict) {
            case SEVERE -> fall(verdict, reading, settings.severeDecrease(), busyKbps, rttMs, nowNanos);
            case OVERUSED, COLLAPSED -> fall(verdict, reading, settings.decrease(), busyKbps, rttMs, nowNanos);
            case SUSPECT -> {
                troubleNanos = nowNanos;
                drain(reading, busyKbps, rttMs, nowNanos);
            }
            case HALFWAY, NORMAL -> {
                if (holding) {
                    drain(reading, busyKbps, rttMs, nowNanos);
                } else {
                    state = State.CLEAN;
                    if (verdict == Verdict.NORMAL || kbps == 0) {
                        grow(reading, seen.provenByBursts(), rttMs, nowNanos);
                    }
                }
            }
        }
        grownNanos = nowNanos;
    }

    /** Time ends a hold even if nothing comes. */
    void onTick(long nowNanos) {
        if (holding && nowNanos - holdEndNanos() >= 0) {
            holding = false;
            state = State.CLEAN;
        }
    }

    boolean holding() {
        return holding;
    }

    long holdEndNanos() {
        return holdNanos + (long) (settings.drainMs() * 1e6);
    }

    void onCongestionLoss(long nowNanos) {
        if (nowNanos - lossNanos >= LOSS_NANOS && !Double.isNaN(deliveredKbps)) {
            lossNanos = nowNanos;
            kbps = Math.min(kbps, settings.decrease() * deliveredKbps);
            troubleNanos = nowNanos;
        }
    }

    private void fall(Verdict verdict, Reading reading, double share, double busyKbps, double rttMs, long nowNanos) {
        state = verdict == Verdict.SEVERE ? State.SEVERE : State.OVERUSED;
        troubleNanos = nowNanos;
        boolean standing = verdict == Verdict.OVERUSED;
        if (!holding) {
            before = new Before(kbps, goodKbps, startFactor, nowNanos);
        }
        // A decrease is answered a round trip later, and read a window after that.
        boolean unanswered = holding && nowNanos - holdNanos < (rttMs + ANSWER_MS) * 1e6;
        boolean grew = !standing && reading.tailMs() > fallTailMs + GREW_MS;
        if (Double.isNaN(busyKbps) || (unanswered && !grew)) {
            return;
        }
        // An alarm while far less is sent than estimated says first of all that the estimate was a hope.
        boolean hope = standing && !holding && kbps > HOPED * busyKbps;
        double targetKbps = hope ? busyKbps : share * busyKbps;
        if (standing) {
            // What is sent follows the estimate: one false alarm after another must not lead to nothing.
            targetKbps = Math.max(targetKbps, CARRIED * proof.provenKbps(nowNanos));
        }
        kbps = Math.min(kbps, targetKbps);
        goodKbps = standing && holding ? Math.max(goodKbps, busyKbps) : busyKbps;
        beyondNanos = nowNanos;
        startFactor = 1;
        proof.measured(busyKbps, !standing, nowNanos);
        holding = true;
        fallTailMs = reading.tailMs();
        holdNanos = nowNanos;
    }

    private void drain(Reading reading, double busyKbps, double rttMs, long nowNanos) {
        if (!holding) {
            return;
        }
        if (!Double.isNaN(busyKbps)) {
            kbps += FOLLOW * (settings.decrease() * busyKbps - kbps);
            goodKbps += FOLLOW * (busyKbps - goodKbps);
        }
        boolean drained = reading.queueMs() < Math.max(settings.drainedMs(), reading.noiseMs());
        if (drained && nowNanos - before.atNanos() < (rttMs + BLINK_MS) * 1e6) {
            // Gone before a decrease could have had any effect: it was no queue.
            kbps = Math.max(kbps, before.kbps());
            goodKbps = before.goodKbps();
            startFactor = before.startFactor();
            holding = false;
        }
        holding &= !drained && nowNanos - holdEndNanos() < 0;
        state = holding ? State.DRAINING : State.CLEAN;
    }

    private void grow(Reading reading, double burstsKbps, double rttMs, long nowNanos) {
        if (Double.isNaN(deliveredKbps)) {
            return;
        }
        if (kbps == 0) {
            kbps = deliveredKbps;
        } else if (deliveredKbps > kbps) {
            kbps += FOLLOW * (deliveredKbps - kbps);
        }
        if (deliveredKbps <= ANOTHER_LINK * goodKbps) {
            beyondNanos = nowNanos;
        } else if (goodKbps > 0 && nowNanos - beyondNanos >= BEYOND_NANOS) {
            goodKbps = 0;
            startFactor = RESTART_FACTOR;
        }
        proof.carried(deliveredKbps, kbps, nowNanos);
        kbps = proof.withoutGuess(deliveredKbps, kbps, nowNanos);
        if (nearlyFull(reading)) {
            return;
        }
        double stepS = Math.min(LONGEST_STEP_S, (nowNanos - grownNanos) / 1e9);
        double reach = reachKbps(burstsKbps, nowNanos);
        double factor = kbps < burstsKbps ? Math.max(startFactor, RESTART_FACTOR) : startFactor;
        kbps = Math.max(kbps, Math.min(reach, grown(factor, stepS, rttMs, nowNanos)));
    }

    private boolean nearlyFull(Reading reading) {
        return high()
                && goodKbps > 0
                && deliveredKbps > settings.recoverBelow() * goodKbps
                && reading.queueMs() > Math.max(WAITS_MS, reading.noiseMs());
    }

    /** How far the estimate may grow: what was proven and a little hope, and near the last full link only a little more than flows. */
    private double reachKbps(double burstsKbps, long nowNanos) {
        double tried = Math.min(burstsKbps, BURST_REACH * deliveredKbps);
        double reach = Math.min(MOST_KBPS, Math.max(tried, proof.reachKbps(deliveredKbps, true, nowNanos)));
        boolean fullLately = goodKbps > 0 && proof.confidence(nowNanos) == Confidence.HIGH;
        if (!high() || !(fullLately || burstsKbps > 0)) {
            return reach;
        }
        double calmS = (nowNanos - troubleNanos) / 1e9;
        double flowedKbps = Math.max(deliveredKbps, fullLately ? goodKbps : 0);
        double near = Math.max(burstsKbps, (NEAR + NEAR_MORE * calmS) * flowedKbps);
        double shown = burstsKbps > 0 ? Math.max(burstsKbps / BURST_SHARE, NEAR * flowedKbps) : near;
        return Math.min(reach, Math.min(near, shown));
    }

    private double grown(double factor, double stepS, double rttMs, long nowNanos) {
        if (factor > 1) {
            // What is sent more is answered a round trip later: on a slow link a second is too short to know.
            double rounds = Math.max(1, rttMs / 500);
            return kbps * Math.pow(factor, stepS / rounds);
        }
        boolean recovering = kbps < settings.recoverBelow() * goodKbps;
        if (!high()) {
            if (!recovering && nowNanos - troubleNanos < settings.cleanMs() * 1e6) {
                return kbps;
            }
            // Past what failed last time, and for long: the way is free again.
            boolean free = kbps > NEAR * goodKbps && nowNanos - troubleNanos > FREE_NANOS;
            boolean fast = recovering || free;
            double share = fast ? settings.recoverShare() : settings.growShare();
            return kbps + stepS * Math.max(settings.growKbps(), share * kbps);
        }
        // Slowly, once it is known where the link was full: what is too much stays small until it is noticed.
        boolean near = !recovering && goodKbps > 0;
        double responseS = (rttMs + 100) / 1000;
        double additive = Math.min(PACKET_KBIT / responseS, settings.recoverShare() * kbps);
        return kbps + stepS * (near ? additive : settings.recoverShare() * kbps);
    }
}
