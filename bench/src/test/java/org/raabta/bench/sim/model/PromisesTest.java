package org.raabta.bench.sim.model;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.Confidence;
import org.raabta.adapter.Decision;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.Plan;
import org.raabta.adapter.Reason;
import org.raabta.adapter.Rung;
import org.raabta.adapter.VideoPlan;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.DownlinkSsrcs;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.Role;
import org.raabta.relay.rtp.RtpHeader;
import org.raabta.signaling.profile.ProfileFiles;
import org.raabta.signaling.profile.UnusableProfileException;

/** Each promise is seen when it is broken. */
class PromisesTest {
    private static final LegId PATIENT = new LegId("patient");
    private static final LegId DOCTOR = new LegId("doctor");
    private static final Direction UP = new Direction(PATIENT, DOCTOR);
    private static final Decision VOICE = new Decision(Rung.VOICE, Reason.UPLINK_THIN);

    private final Promises promises = new Promises(ProfileFiles.read("default"));

    PromisesTest() throws UnusableProfileException {}

    @Test
    void aDeadlineThatIsOver() {
        promises.onDeadline(11, 10);
        assertThatThrownBy(() -> promises.onDeadline(10, 10)).hasMessageContaining("a deadline");
    }

    @Test
    void aLoopThatSpins() {
        for (int i = 0; i < 100; i++) {
            promises.onWakeUp(i);
            promises.onWakeUp(5_000_000 + 1_000_000L * i);
        }
        assertThatThrownBy(() -> {
                    for (long now = 200_000_000; now < 200_001_000; now++) {
                        promises.onWakeUp(now);
                    }
                })
                .hasMessageContaining("spins");
    }

    @Test
    void aChangeThatIsNone() {
        promises.onDecided(UP, VOICE, 5);
        assertThatThrownBy(() -> promises.onDecided(UP, VOICE, 5)).hasMessageContaining("what was before");
    }

    @Test
    void aRungWithoutAReason() {
        assertThatThrownBy(() -> promises.onDecided(UP, new Decision(Rung.VOICE, Reason.UNCONSTRAINED), 5))
                .hasMessageContaining("without a reason");
    }

    @Test
    void aPictureForSomebodyWhoIsToGetNone() {
        promises.onDecided(UP, VOICE, 5);
        promises.onSent(DOCTOR, packet(DownlinkSsrcs.audio(1)), 6);
        assertThatThrownBy(() -> promises.onSent(DOCTOR, packet(DownlinkSsrcs.video(1)), 6))
                .hasMessageContaining("a picture to doctor");
        promises.onDecided(UP, new Decision(Rung.SLOW_VIDEO, Reason.UPLINK_THIN), 7);
        assertThatCode(() -> promises.onSent(DOCTOR, packet(DownlinkSsrcs.video(1)), 8))
                .doesNotThrowAnyException();
    }

    @Test
    void aPlanForMoreThanTheLinkHasProven() {
        promises.onSnapshot(snapshot(VOICE, new AudioPlan(12_000, 60, false, false), VideoPlan.OFF, 30), 9);
        assertThatThrownBy(() -> promises.onSnapshot(
                        snapshot(VOICE, new AudioPlan(24_000, 20, true, false), VideoPlan.OFF, 30), 9))
                .hasMessageContaining("30.0 are believed");
    }

    @Test
    void aPictureOnARungWithout() {
        AudioPlan audio = new AudioPlan(12_000, 60, false, false);
        assertThatThrownBy(() -> promises.onSnapshot(snapshot(VOICE, audio, new VideoPlan(40, 8, 120), 500), 9))
                .hasMessageContaining("voice with");
    }

    private static CallSnapshot snapshot(Decision decision, AudioPlan audio, VideoPlan video, double kbps) {
        Estimate link = new Estimate(kbps, Confidence.HIGH, Estimate.State.CLEAN, 0, 0, 100, 0);
        return new CallSnapshot(
                List.of(leg(PATIENT, Role.PATIENT, link), leg(DOCTOR, Role.DOCTOR, link)),
                List.of(new CallSnapshot.DirectionSnapshot(
                        UP, new Plan(decision, audio, video, 0), OptionalDouble.empty())),
                Map.of());
    }

    private static CallSnapshot.LegSnapshot leg(LegId id, Role role, Estimate link) {
        return new CallSnapshot.LegSnapshot(
                id,
                role,
                LegKind.WEB,
                true,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                0,
                link,
                link);
    }

    private static ByteBuf packet(int ssrc) {
        ByteBuf packet = Unpooled.buffer();
        RtpHeader.plain(96, false, 1, 2, ssrc).writeTo(packet);
        return packet;
    }
}
