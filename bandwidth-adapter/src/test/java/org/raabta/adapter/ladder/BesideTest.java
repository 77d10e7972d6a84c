package org.raabta.adapter.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.raabta.adapter.Confidence;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.Plan;
import org.raabta.adapter.Rung;
import org.raabta.adapter.StillPlan;
import org.raabta.adapter.VideoPlan;
import org.raabta.adapter.Wishes;

/** Single pictures, and what is transferred beside the call. */
class BesideTest {
    private final Fixture call = new Fixture();

    private Estimate estimate(double kbps) {
        return new Estimate(kbps, Confidence.HIGH, Estimate.State.CLEAN, 0, 0, 600, 0);
    }

    @Test
    void singlePicturesGetWhatSpeechLeavesWithinTheirBounds() {
        Plan plan = call.steady(45, 20);
        assertThat(plan.decision().rung()).isEqualTo(Rung.STILLS);
        assertThat(plan.video()).isEqualTo(VideoPlan.OFF);
        assertThat(plan.still().kbps()).isBetween(4.0, 12.0);
        double cost = plan.audio().wireKbps()
                + plan.still().kbps()
                + call.profile.rung(Rung.STILLS).overheadKbps();
        assertThat(cost).isLessThanOrEqualTo(45 * 0.9 + 0.01);
        assertThat(call.step(29, Confidence.HIGH).still().kbps()).isBetween(4.0, 6.2);
        call.state = Estimate.State.SEVERE;
        Plan severe = call.step(29, Confidence.HIGH);
        assertThat(severe.decision().rung()).isEqualTo(Rung.VOICE);
        assertThat(severe.still()).isEqualTo(StillPlan.OFF);
    }

    /** Only the receiver's link is thin: the sender goes on with video, unless its data or battery has to be spared. */
    @Test
    void videoGoesOnWhereOnlyTheReceiverIsThin() {
        VideoPlan video = call.steady(45, 20).still().fromVideo();
        assertThat(video.active()).isTrue();
        assertThat(video.maxKbps()).isLessThanOrEqualTo(64);
        call.thrift = new Thrift(true, 0, false);
        assertThat(call.step(45, Confidence.HIGH).still().fromVideo()).isEqualTo(VideoPlan.OFF);

        DirectionLadder thinBoth = new DirectionLadder(call.profile, 0);
        Plan plan = thinBoth.update(estimate(45), estimate(50), Fixture.CAMERA, Thrift.NONE, 1);
        assertThat(plan.decision().rung()).isEqualTo(Rung.STILLS);
        assertThat(plan.still().active()).isTrue();
        assertThat(plan.still().fromVideo()).isEqualTo(VideoPlan.OFF);
    }

    @Test
    void speechYieldsToATransferAndGrowsAgainAfterIt() {
        call.wishes = Wishes.NONE;
        double grown = call.steady(40, 60).audio().wireKbps();
        assertThat(grown).isGreaterThan(24);
        Plan with = call.step(40, Confidence.HIGH, new Beside(true, 0));
        assertThat(with.decision().rung()).isEqualTo(Rung.VOICE);
        assertThat(with.audio())
                .isEqualTo(call.profile.rung(Rung.VOICE).beside().get(0));
        for (int i = 0; i < 100; i++) {
            with = call.step(40, Confidence.HIGH, new Beside(true, 15));
        }
        assertThat(with.audio())
                .isEqualTo(call.profile.rung(Rung.VOICE).beside().get(0));
        assertThat(call.steady(40, 60).audio().wireKbps())
                .as("nothing has failed")
                .isEqualTo(grown);
    }

    /** What protects speech from losses is no part of what it yields. */
    @Test
    void speechKeepsItsCopiesBesideATransfer() {
        call.wishes = Wishes.NONE;
        call.loss = 0.08;
        assertThat(call.steady(40, 60).audio().red()).isTrue();
        Plan with = call.ladder.plan();
        for (int i = 0; i < 100; i++) {
            with = call.step(40, Confidence.HIGH, new Beside(true, 10));
            assertThat(with.audio().red()).isTrue();
        }
        assertThat(with.audio()).isEqualTo(call.profile.rung(Rung.VOICE).lossy().get(0));
    }

    /** Where there is plenty, speech keeps what it has. */
    @Test
    void speechYieldsNoMoreThanIsOfUse() {
        call.wishes = Wishes.NONE;
        Plan before = call.steady(300, 60);
        Plan with = call.step(300, Confidence.HIGH, new Beside(true, 0));
        assertThat(with.audio()).isEqualTo(before.audio());
    }

    @Test
    void whatFlowsOfATransferProvesTheNextRung() {
        call.wishes = new Wishes(true, false, Optional.of(Rung.VOICE));
        call.steady(100, 20);
        call.wishes = Fixture.CAMERA;
        call.steady(45, 1);
        assertThat(call.rung()).isEqualTo(Rung.STILLS);
        for (int i = 0; i < 60; i++) {
            call.step(120, Confidence.HIGH, new Beside(true, 10));
        }
        assertThat(call.rung()).as("too little flows").isEqualTo(Rung.STILLS);
        Plan plan = call.ladder.plan();
        for (int i = 0; i < 60; i++) {
            plan = call.step(120, Confidence.HIGH, new Beside(true, 70));
        }
        assertThat(plan.decision().rung()).isEqualTo(Rung.SLOW_VIDEO);
        assertThat(plan.video().maxKbps())
                .as("pictures leave it the rest")
                .isEqualTo(call.profile.rung(Rung.SLOW_VIDEO).picture().leastKbps());
    }

    @Test
    void singlePicturesAreNoStepOnTheWayToVideo() {
        call.steady(27, 20);
        assertThat(call.rung()).isEqualTo(Rung.VOICE);
        while (call.rung() == Rung.VOICE) {
            call.step(95, Confidence.HIGH);
        }
        assertThat(call.rung()).isEqualTo(Rung.SLOW_VIDEO);
    }
}
