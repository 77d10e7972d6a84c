package org.raabta.adapter.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.Confidence;
import org.raabta.adapter.Decision;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.Plan;
import org.raabta.adapter.Reason;
import org.raabta.adapter.Rung;
import org.raabta.adapter.VideoPlan;
import org.raabta.adapter.Wishes;
import org.raabta.adapter.profile.Profile;
import org.raabta.adapter.profile.ProfileTest;

class DirectionLadderTest {
    private static final AudioPlan THINNEST = new AudioPlan(6000, 120, false, true);

    @Test
    void nothingKnownIsTheThinnestVoice() {
        Fixture call = new Fixture();
        assertThat(call.ladder.plan())
                .isEqualTo(new Plan(new Decision(Rung.THIN_VOICE, Reason.STARTING), THINNEST, VideoPlan.OFF, 0));
        Plan plan = call.step(0, Confidence.NONE);
        assertThat(plan.decision()).isEqualTo(new Decision(Rung.THIN_VOICE, Reason.STARTING));
        assertThat(plan.nextNeedsKbps()).isEqualTo(16);
    }

    @ParameterizedTest
    @CsvSource({
        "MEDIUM, 800, video",
        "MEDIUM, 150, low-video",
        "MEDIUM, 95, slow-video",
        "MEDIUM, 28, stills",
        "MEDIUM, 27, voice",
        "LOW, 800, voice",
        "LOW, 30, narrow-voice",
        "MEDIUM, 12, thin-voice",
        "LOW, 16, thin-voice"
    })
    void theFirstRungComesFromTheHint(Confidence confidence, double kbps, String rung) {
        Fixture call = new Fixture();
        Plan plan = call.step(kbps, confidence);
        assertThat(plan.decision().rung().label()).isEqualTo(rung);
        assertThat(plan.video().active()).isEqualTo(plan.decision().rung().carriesVideo());
    }

    @ParameterizedTest
    @CsvSource({
        "215, video",
        "209, low-video",
        "106, low-video",
        "104, slow-video",
        "61, stills",
        "21, stills",
        "20.8, voice",
        "20, narrow-voice",
        "12, thin-voice",
        "5, thin-voice"
    })
    void aCollapseSkipsRungsAtOnce(double kbps, String rung) {
        Fixture call = new Fixture();
        call.steady(1000, 20);
        assertThat(call.rung()).isEqualTo(Rung.VIDEO);
        assertThat(call.step(kbps, Confidence.HIGH).decision().rung().label()).isEqualTo(rung);
    }

    @Test
    void theLimitingSideIsNamed() {
        Fixture call = new Fixture();
        Plan down = call.steady(26, 30);
        assertThat(down.decision()).isEqualTo(new Decision(Rung.VOICE, Reason.DOWNLINK_THIN));
        assertThat(down.nextNeedsKbps()).isEqualTo(28);
        DirectionLadder other = new DirectionLadder(call.profile, 0);
        Estimate thin = new Estimate(26, Confidence.HIGH, Estimate.State.CLEAN, 0, 0, 100, 0);
        Estimate wide = new Estimate(3000, Confidence.HIGH, Estimate.State.CLEAN, 0, 0, 100, 0);
        assertThat(other.update(thin, wide, Fixture.CAMERA, Thrift.NONE, 1).decision())
                .isEqualTo(new Decision(Rung.VOICE, Reason.UPLINK_THIN));
        assertThat(other.capacityKbps()).isEqualTo(26);
    }

    @Test
    void severeAndSilentLeaveTheThinnestVoiceOnly() {
        Fixture call = new Fixture();
        call.steady(1000, 20);
        call.state = Estimate.State.SEVERE;
        Plan severe = call.step(1000, Confidence.HIGH);
        assertThat(severe.decision()).isEqualTo(new Decision(Rung.VOICE, Reason.DOWNLINK_QUEUE));
        assertThat(severe.audio()).isEqualTo(THINNEST);
        assertThat(severe.video()).isEqualTo(VideoPlan.OFF);
        call.state = Estimate.State.SILENT;
        assertThat(call.step(1000, Confidence.HIGH).decision().reason()).isEqualTo(Reason.DOWNLINK_SILENT);
    }

    @Test
    void climbingNeedsTimeConfidenceAndACleanLink() {
        Fixture call = new Fixture();
        call.steady(26, 20);
        assertThat(call.rung()).isEqualTo(Rung.VOICE);
        for (int i = 0; i < 200; i++) {
            call.step(200, Confidence.LOW);
        }
        assertThat(call.rung()).isEqualTo(Rung.VOICE);
        Plan proving = call.steady(120, 9);
        assertThat(proving.decision()).isEqualTo(new Decision(Rung.VOICE, Reason.PROVING));
        call.steady(120, 20);
        assertThat(call.rung()).isEqualTo(Rung.SLOW_VIDEO);
    }

    @Test
    void theStartWaitsUntilTheLinksCanBeUsed() {
        Fixture call = new Fixture();
        for (int i = 0; i < 80; i++) {
            call.step(40, Confidence.LOW); // 20 s: the far page is still busy
        }
        assertThat(call.rung()).isEqualTo(Rung.VOICE);
        call.steady(400, 3);
        assertThat(call.rung()).isLessThan(Rung.VOICE);
    }

    @Test
    void afterAFalseAlarmAtTheStartPicturesAreBackWithinIt() {
        Fixture call = new Fixture();
        call.steady(400, 2);
        call.state = Estimate.State.SEVERE;
        call.steady(8, 14);
        assertThat(call.rung()).isEqualTo(Rung.THIN_VOICE);
        call.state = Estimate.State.CLEAN;
        call.steady(400, 12.5);
        assertThat(call.rung().carriesVideo()).isTrue();
    }

    @Test
    void troubleDoesNotMakeTheStartEndless() {
        Fixture call = new Fixture();
        call.steady(400, 2);
        call.state = Estimate.State.SEVERE;
        call.steady(8, 29);
        call.state = Estimate.State.CLEAN;
        call.steady(400, 4); // the start would climb after two
        assertThat(call.rung()).isEqualTo(Rung.THIN_VOICE);
    }

    @Test
    void aFailedClimbHoldsUntilTheCapacityDoubles() {
        Fixture again = new Fixture();
        again.steady(30, 20);
        while (again.rung() != Rung.SLOW_VIDEO) {
            again.step(95, Confidence.HIGH);
        }
        again.step(50, Confidence.HIGH);
        assertThat(again.rung()).isEqualTo(Rung.STILLS);
        Plan held = again.steady(95, 50);
        assertThat(held.decision()).isEqualTo(new Decision(Rung.STILLS, Reason.HELD_AFTER_FAILED_CLIMB));
        again.steady(95, 30);
        assertThat(again.rung()).isEqualTo(Rung.SLOW_VIDEO);
        again.step(50, Confidence.HIGH);
        again.steady(200, 40);
        assertThat(again.rung()).isLessThan(Rung.VOICE);
    }

    /** EDGE gives way to HSPA: more comes through, in much less time. */
    @Test
    void anotherRadioKnowsNothingOfAFailedClimb() {
        Fixture edge = new Fixture();
        edge.steady(30, 20);
        while (edge.rung() != Rung.SLOW_VIDEO) {
            edge.step(95, Confidence.HIGH);
        }
        edge.step(50, Confidence.HIGH);
        edge.steady(95, 15);
        assertThat(edge.rung()).isEqualTo(Rung.STILLS);
        edge.rttMs = 150;
        edge.steady(95, 15);
        assertThat(edge.rung()).isEqualTo(Rung.SLOW_VIDEO);
    }

    /** From moving pictures to the thinnest voice right after a climb: that climb failed, not the rungs that were passed by. */
    @Test
    void aFailedClimbHoldsNothingBelowIt() {
        Fixture fallen = new Fixture();
        fallen.steady(26, 20);
        while (fallen.rung() != Rung.SLOW_VIDEO) {
            fallen.step(95, Confidence.HIGH);
        }
        fallen.step(8, Confidence.HIGH);
        assertThat(fallen.rung()).isEqualTo(Rung.THIN_VOICE);
        fallen.steady(27, 25);
        assertThat(fallen.rung()).isEqualTo(Rung.VOICE);
    }

    @Test
    void aQueueThatIsHeardDrainsBeforeSpeechIsGoodAgain() {
        Fixture call = new Fixture();
        Plan before = call.steady(26, 30);
        assertThat(before.decision().rung()).isEqualTo(Rung.VOICE);
        call.state = Estimate.State.OVERUSED;
        call.queueMs = 400;
        assertThat(call.step(24, Confidence.HIGH).audio())
                .isEqualTo(call.profile.rung(Rung.VOICE).audio().get(0));
        call.queueMs = 900;
        Plan draining = call.step(24, Confidence.HIGH);
        assertThat(draining.audio()).isEqualTo(THINNEST);
        assertThat(draining.decision().rung()).isEqualTo(Rung.VOICE);
    }

    @Test
    void speechGrowsInSmallStepsAndStepsBack() {
        Fixture call = new Fixture();
        call.wishes = Wishes.NONE;
        call.steady(30, 20);
        double before = call.ladder.plan().audio().wireKbps();
        Plan plan = call.ladder.plan();
        for (int i = 0; i < 40 && plan.audio().wireKbps() == before; i++) {
            plan = call.step(60, Confidence.HIGH);
        }
        double grown = plan.audio().wireKbps();
        assertThat(grown).isGreaterThan(before).isLessThan(before * 1.35);
        call.queueMs = 200;
        assertThat(call.step(60, Confidence.HIGH).audio().wireKbps()).isEqualTo(before);
        call.queueMs = 0;
        assertThat(call.steady(60, 14).audio().wireKbps()).isLessThan(grown);
        assertThat(call.steady(60, 5).audio().wireKbps()).isGreaterThanOrEqualTo(grown);
    }

    /** A false alarm on the way up from a collapse: what carries twice as much as at the fall is another link, and speech may grow. */
    @Test
    void anotherLinkKnowsNothingOfAStepThatFailed() {
        Fixture call = new Fixture();
        call.wishes = Wishes.NONE;
        call.steady(60, 30);
        call.step(18, Confidence.HIGH);
        Plan plan = call.steady(34, 12);
        double before = plan.audio().wireKbps();
        for (int i = 0; i < 80 && plan.audio().wireKbps() <= before; i++) {
            before = plan.audio().wireKbps();
            plan = call.step(34, Confidence.HIGH);
        }
        double grown = plan.audio().wireKbps();
        assertThat(grown).isGreaterThan(before);
        call.queueMs = 200;
        assertThat(call.step(34, Confidence.HIGH).audio().wireKbps()).isLessThan(grown);
        call.queueMs = 0;
        assertThat(call.steady(38, 6).audio().wireKbps()).isGreaterThanOrEqualTo(grown);
    }

    /** A thin uplink sends no feedback: what the downlink gets is modest until it does again. */
    @Test
    void speechThatNobodyWatchesIsTheFirstStepOfItsRung() {
        Fixture call = new Fixture();
        double watched = call.steady(60, 40).audio().wireKbps();
        call.thrift = new Thrift(false, 0, true);
        AudioPlan first = call.profile.rung(call.rung()).audio().get(0);
        assertThat(watched).isGreaterThan(2 * first.wireKbps());
        assertThat(call.step(60, Confidence.HIGH).audio()).isEqualTo(first);
        call.ageMs = 20_000;
        assertThat(call.steady(60, 20).audio()).isEqualTo(first);
        call.ageMs = 0;
        call.thrift = Thrift.NONE;
        assertThat(call.steady(60, 20).audio().wireKbps()).isGreaterThan(first.wireKbps());
    }

    @Test
    void lossBringsCopiesAndTheyGoSlowly() {
        Fixture call = new Fixture();
        call.wishes = Wishes.NONE;
        call.steady(40, 20);
        assertThat(call.ladder.plan().audio().red()).isFalse();
        call.loss = 0.08;
        assertThat(call.steady(40, 1).audio().red()).isTrue();
        call.loss = 0;
        assertThat(call.steady(40, 9).audio().red()).isTrue();
        assertThat(call.steady(40, 3).audio().red()).isFalse();
    }

    @Test
    void wishesAndThriftAreCeilings() {
        Fixture call = new Fixture();
        call.thrift = new Thrift(true, 0, false);
        assertThat(call.steady(2000, 20).decision()).isEqualTo(new Decision(Rung.LOW_VIDEO, Reason.BATTERY_LOW));
        call.thrift = new Thrift(false, 40, false);
        assertThat(call.steady(2000, 20).decision()).isEqualTo(new Decision(Rung.STILLS, Reason.DATA_BUDGET));
        call.thrift = Thrift.NONE;
        assertThat(call.steady(2000, 40).decision()).isEqualTo(new Decision(Rung.VIDEO, Reason.UNCONSTRAINED));
        for (Rung pinned : Rung.values()) {
            call.wishes = new Wishes(true, false, Optional.of(pinned));
            Plan plan = call.steady(2000, 1);
            assertThat(plan.decision()).isEqualTo(new Decision(pinned, Reason.PINNED));
            assertThat(plan.nextNeedsKbps()).isZero();
            call.wishes = Fixture.CAMERA;
            call.steady(2000, 1);
        }
        call.wishes = new Wishes(true, true, Optional.empty());
        assertThat(call.steady(2000, 1).decision()).isEqualTo(new Decision(Rung.VOICE, Reason.VOICE_ONLY_CHOSEN));
        call.wishes = Wishes.NONE;
        assertThat(call.steady(2000, 1).decision()).isEqualTo(new Decision(Rung.VOICE, Reason.CAMERA_OFF));
    }

    /** video is entered at 270 and left at 210. */
    @Test
    void aFaceThatSitsStillClimbsWhereItsNextRungCanBeHeld() {
        for (double sentKbps : new double[] {130, 30}) {
            Fixture call = new Fixture();
            call.steady(160, 30);
            assertThat(call.rung()).isEqualTo(Rung.LOW_VIDEO);
            call.picturesKbps = sentKbps;
            call.steady(235, 20);
            assertThat(call.rung()).as("too little for anybody").isEqualTo(Rung.LOW_VIDEO);
            call.steady(250, 20);
            assertThat(call.rung())
                    .as("%s kbps come", sentKbps)
                    .isEqualTo(sentKbps < 100 ? Rung.VIDEO : Rung.LOW_VIDEO);
        }
    }

    /** Feedback that comes every few seconds, or not at all, must not pass for a link that carries everything. */
    @Test
    void speechGrowsOnlyOnWhatTheLinkHasAnswered() {
        Fixture told = new Fixture();
        told.steady(80, 1);
        double firstKbps = told.ladder.plan().audio().wireKbps();
        told.steady(80, 20);
        assertThat(told.ladder.plan().audio().wireKbps()).isGreaterThan(firstKbps);

        Fixture untold = new Fixture();
        untold.steady(80, 1);
        for (int i = 0; i < 80; i++) {
            untold.ageMs += 250;
            untold.step(80, Confidence.HIGH);
        }
        assertThat(untold.ladder.plan().audio().wireKbps()).isEqualTo(firstKbps);
    }

    @Test
    void aPinnedThinVoiceKeepsThePlanOfThatRung() {
        Fixture call = new Fixture();
        call.wishes = new Wishes(true, false, Optional.of(Rung.THIN_VOICE));
        assertThat(call.steady(2000, 30).audio()).isEqualTo(THINNEST);
    }

    @ParameterizedTest
    @CsvSource({"motion, 300, 240, 26", "detail, 300, 480, 8", "default, 2500, 720, 30"})
    void preferenceSpendsThePicturesBits(String profile, double kbps, int leastHeight, int leastFps) {
        Fixture call = new Fixture(profile, 0);
        Plan plan = call.steady(kbps == 2500 ? 5000 : 400, 20);
        assertThat(plan.video().maxHeight()).isGreaterThanOrEqualTo(leastHeight);
        assertThat(plan.video().maxFps()).isGreaterThanOrEqualTo(leastFps);
    }

    /** Late, for every second without live voice is lost; and back at once. */
    @Test
    void aDirectionThatCannotLiveGoesOverToNotes() {
        Profile profile = ProfileTest.everyRung("default");
        DirectionLadder ladder = new DirectionLadder(profile, 0);
        Estimate poor = new Estimate(4.9, Confidence.HIGH, Estimate.State.CLEAN, 0, 0.3, 500, 0);
        Rung at5 = ladder.update(poor, poor, Fixture.CAMERA, Thrift.NONE, 0)
                .decision()
                .rung();
        at5 = Rung.lower(
                at5,
                ladder.update(poor, poor, Fixture.CAMERA, Thrift.NONE, 19_900_000_000L)
                        .decision()
                        .rung());
        assertThat(at5).isEqualTo(Rung.THIN_VOICE);
        assertThat(ladder.update(poor, poor, Fixture.CAMERA, Thrift.NONE, 20_000_000_000L)
                        .decision())
                .isEqualTo(new Decision(Rung.NOTES, Reason.UPLINK_THIN));
        Estimate good = new Estimate(10.3, Confidence.HIGH, Estimate.State.CLEAN, 0, 0, 500, 0);
        ladder.update(good, good, Fixture.CAMERA, Thrift.NONE, 21_000_000_000L);
        assertThat(ladder.nextDeadlineNanos()).isGreaterThan(21_000_000_000L);
        assertThat(ladder.update(good, good, Fixture.CAMERA, Thrift.NONE, 25_000_000_000L)
                        .decision()
                        .rung())
                .isEqualTo(Rung.THIN_VOICE);

        PushToTalk turns = new PushToTalk(profile);
        assertThat(turns.update(7.4, 30, false, 0)).isFalse();
        assertThat(turns.update(7.4, 30, false, 19_900_000_000L)).isFalse();
        assertThat(turns.update(7.4, 30, false, 20_000_000_000L)).isTrue();
        assertThat(turns.update(10.3, 30, false, 21_000_000_000L)).isTrue();
        assertThat(turns.update(10.3, 30, false, 25_000_000_000L)).isFalse();
        assertThat(turns.update(14, 14, true, 26_000_000_000L)).isFalse();
        assertThat(turns.update(14, 14, true, 46_000_000_000L)).isTrue();
        assertThat(turns.update(14, 14, true, 105_900_000_000L)).isTrue();
        assertThat(turns.update(14, 14, true, 106_000_000_000L))
                .as("it is tried again")
                .isFalse();
    }

    /** By itself in every shipped profile, and back to live voice; single pictures and turns are a doctor's to pin. */
    @ParameterizedTest
    @ValueSource(strings = {"default", "rural-2g", "urban-3g", "detail", "motion"})
    void shippedProfilesGoOverToNotesAndBack(String name) {
        Fixture call = new Fixture(ProfileTest.shipped(name), 0);
        call.steady(4, 30);
        assertThat(call.rung()).as("speech comes through").isEqualTo(Rung.THIN_VOICE);
        call.loss = 0.3;
        call.steady(4, 21);
        assertThat(call.rung()).isEqualTo(Rung.NOTES);
        call.loss = 0;
        call.steady(12, 5);
        assertThat(call.rung()).isGreaterThanOrEqualTo(Rung.NARROW_VOICE).isLessThanOrEqualTo(Rung.THIN_VOICE);
        assertThat(call.profile.allowed()).doesNotContain(Rung.STILLS, Rung.PUSH_TO_TALK);
    }

    /** An estimate alone may be wrong for long where the link is too thin for feedback. */
    @Test
    void speechThatComesThroughIsNotGivenUp() {
        Fixture call = new Fixture();
        call.steady(4, 60);
        assertThat(call.rung()).isEqualTo(Rung.THIN_VOICE);
        assertThat(call.ladder.sharedKbps()).isInfinite();
        call.loss = 0.3;
        call.steady(4, 19);
        assertThat(call.rung()).isEqualTo(Rung.THIN_VOICE);
        assertThat(call.ladder.sharedKbps()).isEqualTo(4);
        call.steady(4, 2);
        assertThat(call.rung()).isEqualTo(Rung.NOTES);
        call.steady(4, 59);
        assertThat(call.rung()).isEqualTo(Rung.NOTES);
        call.steady(4, 3);
        assertThat(call.rung()).as("it is tried again").isEqualTo(Rung.THIN_VOICE);
    }

    @ParameterizedTest
    @CsvSource({
        "18, narrow-voice",
        "32, stills",
        "50, stills",
        "64, stills",
        "110, slow-video",
        "200, low-video",
        "330, video",
        "2000, video"
    })
    void aSteadyLinkIsClimbedWithoutFlapping(double linkKbps, String rung) {
        Fixture call = new Fixture();
        call.linkKbps = linkKbps;
        call.carry(100);
        call.changes = 0;
        call.mostQueueMs = 0;
        call.carry(120);
        assertThat(call.rung().label()).isEqualTo(rung);
        assertThat(call.changes).isLessThanOrEqualTo(4);
        assertThat(call.mostQueueMs).isLessThan(700);
    }

    /** What a shipped profile never chooses a doctor may pin, and it ends with the pin. */
    @Test
    void pinsReachRungsThatAreNeverChosen() {
        Fixture call = new Fixture(ProfileTest.shipped("default"), 0);
        call.steady(60, 60);
        assertThat(call.rung()).isEqualTo(Rung.VOICE);
        for (Rung pinned : List.of(Rung.STILLS, Rung.PUSH_TO_TALK, Rung.NOTES)) {
            call.wishes = new Wishes(true, false, Optional.of(pinned));
            assertThat(call.steady(60, 60).decision()).isEqualTo(new Decision(pinned, Reason.PINNED));
            assertThat(call.ladder.plan().still().active()).isEqualTo(pinned == Rung.STILLS);
            call.wishes = Fixture.CAMERA;
            call.steady(60, 10);
            assertThat(call.rung()).isEqualTo(Rung.VOICE);
        }
    }

    @Test
    void thePinnedThinnestVoiceHasNoCopies() {
        Fixture call = new Fixture();
        call.wishes = new Wishes(false, false, Optional.of(Rung.THIN_VOICE));
        call.loss = 0.08;
        assertThat(call.steady(60, 30).audio())
                .isEqualTo(call.profile.rung(Rung.THIN_VOICE).audio().get(0));
        call.wishes = new Wishes(false, false, Optional.of(Rung.NARROW_VOICE));
        assertThat(call.steady(60, 30).audio().red()).isTrue();
    }
}
