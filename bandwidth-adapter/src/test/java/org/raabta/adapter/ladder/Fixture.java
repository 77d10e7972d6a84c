package org.raabta.adapter.ladder;

import java.util.Optional;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.Confidence;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.Plan;
import org.raabta.adapter.Rung;
import org.raabta.adapter.Wishes;
import org.raabta.adapter.profile.Profile;
import org.raabta.adapter.profile.ProfileTest;

/** One direction over a link that a test sets; the far side is wide open. Every update is 250 ms later. */
final class Fixture {
    static final Wishes CAMERA = new Wishes(true, false, Optional.empty());
    static final long TICK_NANOS = 250_000_000;

    final Profile profile;
    final DirectionLadder ladder;
    Wishes wishes = CAMERA;
    Thrift thrift = Thrift.NONE;
    long nowNanos;
    double loss;
    double queueMs;
    Estimate.State state = Estimate.State.CLEAN;
    double rttMs = 600;
    double ageMs;
    /** What the modelled link carries; see {@link #carry}. */
    double linkKbps;

    double estimateKbps;
    double modelQueueMs;
    double mostQueueMs;
    int changes;
    private double cleanMs;
    private boolean fast = true;

    Fixture(String profileName, long startNanos) {
        this(ProfileTest.everyRung(profileName), startNanos);
    }

    /** What comes of the pictures; NaN for all that they may have. */
    double picturesKbps = Double.NaN;

    Fixture(Profile profile, long startNanos) {
        this.profile = profile;
        this.nowNanos = startNanos;
        this.ladder = new DirectionLadder(profile, startNanos);
    }

    Fixture() {
        this("default", 0);
    }

    Plan step(double kbps, Confidence confidence) {
        return step(kbps, confidence, Beside.NONE);
    }

    Plan step(double kbps, Confidence confidence, Beside beside) {
        Estimate down = new Estimate(kbps, confidence, state, queueMs, loss, rttMs, ageMs);
        nowNanos += TICK_NANOS;
        ladder.onPictures(Double.isNaN(picturesKbps) ? ladder.plan().video().maxKbps() : picturesKbps);
        return ladder.update(
                new Estimate(5_000, Confidence.HIGH, Estimate.State.CLEAN, 0, 0, 50, 0),
                down,
                wishes,
                thrift,
                beside,
                nowNanos);
    }

    Plan steady(double kbps, double seconds) {
        Plan plan = ladder.plan();
        for (int i = 0; i < seconds * 4; i++) {
            plan = step(kbps, Confidence.HIGH);
        }
        return plan;
    }

    Rung rung() {
        return ladder.plan().decision().rung();
    }

    double sentKbps() {
        Plan plan = ladder.plan();
        AudioPlan audio = plan.audio();
        boolean copies = audio.red() && wishes.copies();
        return new AudioPlan(audio.bitrateBps(), audio.packetMs(), copies, audio.dtx()).wireKbps()
                + plan.video().maxKbps()
                + plan.still().kbps()
                + profile.rung(plan.decision().rung()).overheadKbps();
    }

    /** A link of {@link #linkKbps} and an estimator in a few lines: what is sent proves 1.5 times itself, a queue brings it down. */
    void carry(double seconds) {
        for (int i = 0; i < seconds * 4; i++) {
            double sent = sentKbps();
            modelQueueMs = Math.min(4000, Math.max(0, modelQueueMs + 250 * (sent - linkKbps) / linkKbps));
            mostQueueMs = Math.max(mostQueueMs, modelQueueMs);
            double delivered = Math.min(linkKbps, sent);
            if (modelQueueMs > 150 && state == Estimate.State.CLEAN) {
                state = modelQueueMs > 1200 ? Estimate.State.SEVERE : Estimate.State.OVERUSED;
                estimateKbps = Math.min(estimateKbps, delivered * (modelQueueMs > 1200 ? 0.6 : 0.85));
                cleanMs = 0;
                fast = false;
            } else if (state != Estimate.State.CLEAN) {
                state = modelQueueMs > 1200
                        ? Estimate.State.SEVERE
                        : modelQueueMs < 60 ? Estimate.State.CLEAN : Estimate.State.DRAINING;
            } else {
                cleanMs += 250;
                double growth = fast ? 1.107 : cleanMs > 3000 ? 1.02 : 1;
                double most = Math.max(estimateKbps, 1.5 * delivered + 10);
                estimateKbps = Math.min(Math.max(estimateKbps, delivered) * growth, most);
            }
            queueMs = Math.max(0, modelQueueMs - 20);
            Rung before = rung();
            step(estimateKbps, Confidence.MEDIUM);
            if (rung() != before) {
                changes++;
            }
        }
    }
}
