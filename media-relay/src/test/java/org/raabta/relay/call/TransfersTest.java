package org.raabta.relay.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.raabta.relay.call.CallDriver.DOCTOR;
import static org.raabta.relay.call.CallDriver.DOCTOR_MEDIA;
import static org.raabta.relay.call.CallDriver.PATIENT;
import static org.raabta.relay.call.CallDriver.PATIENT_MEDIA;
import static org.raabta.relay.call.Packets.speech;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.Decision;
import org.raabta.adapter.LinkHint;
import org.raabta.adapter.Plan;
import org.raabta.adapter.Reason;
import org.raabta.adapter.Rung;
import org.raabta.adapter.StillPlan;
import org.raabta.adapter.VideoPlan;
import org.raabta.relay.control.DownlinkSsrcs;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.Role;
import org.raabta.relay.control.SendCommand;
import org.raabta.relay.control.SocketBytes;
import org.raabta.relay.control.Transfer;
import org.raabta.relay.control.TransferRoom;
import org.raabta.relay.control.Transfers;
import org.raabta.relay.rtp.PictureLossIndication;

/** What goes beside a call, and instead of a part of it. */
class TransfersTest {
    private static final LinkHint GPRS = new LinkHint(35, 32, true, false, false);
    private static final AudioPlan AUDIO = new AudioPlan(12_000, 60, false, false);

    private CallDriver driver = CallDriver.consultation();

    /** Both measure their links; the patient is on GPRS. */
    private void thin() {
        driver = new CallDriver(7, 1_000_000_000L);
        driver.join(PATIENT, Role.PATIENT, LegKind.WEB, PATIENT_MEDIA, GPRS);
        driver.join(DOCTOR, Role.DOCTOR, LegKind.WEB, DOCTOR_MEDIA, CallDriver.AMPLE);
        driver.call.admit(driver.nowNanos);
    }

    /** One packet every 20 ms, numbered from {@code firstSequence} on. */
    private void patientSpeaks(int firstSequence, int packets) {
        for (int i = 0; i < packets; i++) {
            driver.rtp(PATIENT, speech(1, 0, 0, firstSequence + i).bytes());
            driver.advanceMs(20);
        }
    }

    private TransferRoom room(LegId leg) {
        List<CallDriver.Room> told =
                driver.rooms.stream().filter(one -> one.leg().equals(leg)).toList();
        return told.get(told.size() - 1).room();
    }

    private SendCommand told(LegId leg) {
        List<CallDriver.Commanded> told =
                driver.commanded.stream().filter(one -> one.leg().equals(leg)).toList();
        return told.get(told.size() - 1).command();
    }

    @Test
    void transfersAreToldWhatVoiceLeaves() {
        thin();
        TransferRoom room = room(PATIENT);
        Plan up = driver.call.snapshot(driver.nowNanos).directions().get(0).plan();
        assertThat(room.up().paused()).isFalse();
        assertThat(room.up().kbps())
                .isGreaterThan(0)
                .isLessThanOrEqualTo(32 - up.audio().wireKbps());
        assertThat(room.down().kbps()).isLessThan(35 - AUDIO.wireKbps());
        assertThat(room(DOCTOR).up().kbps()).isGreaterThan(1000);
    }

    /** A page that comes back measures nothing and is waited for: what is remembered of its link serves while nobody speaks. */
    @Test
    void whoWaitsAloneIsNotHeldToWhatASilentLinkHasProven() {
        driver = new CallDriver(7, 1_000_000_000L);
        driver.join(PATIENT, Role.PATIENT, LegKind.WEB, PATIENT_MEDIA, new LinkHint(30, 0, false, false, false));
        driver.advanceMs(1000);
        assertThat(room(PATIENT).down().paused()).isFalse();
        assertThat(room(PATIENT).down().kbps()).isBetween(12.0, 16.0);
        driver = new CallDriver(7, 1_000_000_000L);
        driver.join(PATIENT, Role.PATIENT, LegKind.WEB, PATIENT_MEDIA, new LinkHint(800, 0, false, false, false));
        driver.advanceMs(1000);
        assertThat(room(PATIENT).down().kbps()).isBetween(180.0, 200.0);
    }

    /** What changes little or often is told four times a second at most. */
    @Test
    void roomIsToldSeldom() {
        thin();
        patientSpeaks(0, 500);
        List<CallDriver.Room> told =
                driver.rooms.stream().filter(one -> one.leg().equals(PATIENT)).toList();
        for (int i = 1; i < told.size(); i++) {
            TransferRoom was = told.get(i - 1).room();
            TransferRoom is = told.get(i).room();
            boolean falls = is.up().paused()
                    || is.down().paused()
                    || is.up().kbps() < 0.7 * was.up().kbps()
                    || is.down().kbps() < 0.7 * was.down().kbps();
            long apartMs = (told.get(i).atNanos() - told.get(i - 1).atNanos()) / 1_000_000;
            assertThat(falls || apartMs >= 250)
                    .as("%s after %d ms", told.get(i), apartMs)
                    .isTrue();
        }
    }

    @Test
    void whatTheSocketMovedCountsAsTheLinksOwn() {
        thin();
        for (int i = 0; i < 100; i++) {
            driver.call.onSocketBytes(PATIENT, new SocketBytes(250, 125, true), driver.nowNanos);
            driver.advanceMs(100);
        }
        var leg = driver.call.snapshot(driver.nowNanos).legs().get(0);
        assertThat(leg.uplinkKbps().getAsDouble()).isBetween(19.0, 21.0);
        assertThat(leg.downlinkKbps().getAsDouble()).isBetween(9.0, 12.5);
        // In flight: what was handed to a thin link and is not confirmed lets nothing more in.
        driver.call.onSocketBytes(PATIENT, new SocketBytes(0, 20_000, false), driver.nowNanos);
        driver.advanceMs(100);
        driver.call.onSocketBytes(PATIENT, new SocketBytes(52, 0, true), driver.nowNanos);
        assertThat(room(PATIENT).down().pause()).isEqualTo(TransferRoom.Pause.QUEUE);
    }

    /** While no queue has told what the link carries the estimate is a hope; transfers try it in steps, as speech does. */
    @Test
    void transfersGoOnlyALittleBeyondWhatWasCarried() {
        driver = new CallDriver(7, 1_000_000_000L);
        driver.join(PATIENT, Role.PATIENT, LegKind.WEB, PATIENT_MEDIA, CallDriver.AMPLE);
        driver.join(DOCTOR, Role.DOCTOR, LegKind.WEB, DOCTOR_MEDIA, CallDriver.AMPLE);
        driver.call.admit(driver.nowNanos);
        patientSpeaks(0, 1500);
        var leg = driver.call.snapshot(driver.nowNanos).legs().get(0);
        assertThat(leg.up().kbps()).isGreaterThan(1_000);
        assertThat(room(PATIENT).up().kbps())
                .isGreaterThan(1)
                .isLessThan(leg.uplinkKbps().getAsDouble());
    }

    /** A server that talks to a phone whose link is cut must not take its own words for signs of life. */
    @Test
    void whatIsOnlyReckonedIsNoSignOfLife() {
        thin();
        patientSpeaks(0, 100);
        for (int i = 0; i < 100; i++) {
            driver.call.onSocketBytes(PATIENT, new SocketBytes(52, 300, false), driver.nowNanos);
            driver.advanceMs(100);
        }
        assertThat(room(PATIENT).up().pause()).isEqualTo(TransferRoom.Pause.SILENT);
    }

    @Test
    void aSilentLinkPausesTransfers() {
        thin();
        patientSpeaks(0, 100);
        driver.advanceMs(15_000);
        assertThat(room(PATIENT).up().pause()).isEqualTo(TransferRoom.Pause.SILENT);
        driver.rtp(PATIENT, speech(1, 0, 0, 900).bytes());
        driver.advanceMs(300);
        assertThat(room(PATIENT).up().pause()).isNotEqualTo(TransferRoom.Pause.SILENT);
    }

    /** Speech that stays out stands behind something already: in a stall or in a queue, nothing more is put before it. */
    @Test
    void speechThatStaysOutPausesWhatIsSentBesideIt() {
        thin();
        patientSpeaks(0, 100);
        assertThat(room(PATIENT).up().paused()).isFalse();
        driver.advanceMs(500);
        driver.call.onSocketBytes(PATIENT, new SocketBytes(500, 0, true), driver.nowNanos);
        driver.advanceMs(50);
        assertThat(room(PATIENT).up().paused()).as("a pause of DTX").isFalse();
        driver.advanceMs(300);
        driver.call.onSocketBytes(PATIENT, new SocketBytes(500, 0, true), driver.nowNanos);
        driver.advanceMs(50);
        assertThat(room(PATIENT).up().pause()).isEqualTo(TransferRoom.Pause.QUEUE);
        patientSpeaks(145, 55);
        assertThat(room(PATIENT).up().paused()).isFalse();
    }

    @Test
    void aPageWithoutAMicrophoneSendsItsPhotoAllTheSame() {
        thin();
        for (int i = 0; i < 100; i++) {
            driver.call.onSocketBytes(PATIENT, new SocketBytes(100, 50, true), driver.nowNanos);
            driver.advanceMs(100);
        }
        assertThat(room(PATIENT).up().paused()).isFalse();
    }

    @Test
    void speechIsCommandedSmallWhileAPhotoWaits() {
        thin();
        driver.call.setCamera(PATIENT, false, driver.nowNanos);
        patientSpeaks(0, 1500);
        double before = told(PATIENT).audio().wireKbps();
        driver.call.setTransfers(PATIENT, new Transfers(Transfer.PHOTO, Transfer.NONE), driver.nowNanos);
        assertThat(told(PATIENT).audio().wireKbps()).isLessThanOrEqualTo(before);
        assertThat(told(PATIENT).audio().red()).isFalse();
        double room = room(PATIENT).up().kbps();
        driver.advanceMs(3000);
        assertThat(room(PATIENT).up().kbps()).isGreaterThanOrEqualTo(room * 0.9);
    }

    private static Plan plan(Rung rung, StillPlan still) {
        return new Plan(new Decision(rung, Reason.DOWNLINK_THIN), AUDIO, VideoPlan.OFF, still, 0);
    }

    @Test
    void thePageIsToldTheStillBudget() {
        driver.plan(PATIENT, DOCTOR, plan(Rung.STILLS, new StillPlan(8, VideoPlan.OFF)));
        assertThat(told(PATIENT).still().kbps()).isEqualTo(8);
        assertThat(told(PATIENT).video()).isEqualTo(VideoPlan.OFF);
        driver.plan(PATIENT, DOCTOR, plan(Rung.VOICE, StillPlan.OFF));
        assertThat(told(PATIENT).still()).isEqualTo(StillPlan.OFF);
    }

    /** Only the receiver is thin: the sender goes on with video, and gets no picture of it but as files. */
    @Test
    void picturesAreTakenOutOfVideoAtTheReceiversBudget() {
        VideoPlan video = new VideoPlan(40, 5, 120);
        driver.plan(PATIENT, DOCTOR, plan(Rung.STILLS, new StillPlan(8, video)));
        assertThat(told(PATIENT).video()).isEqualTo(video);
        assertThat(told(PATIENT).still()).isEqualTo(StillPlan.OFF);

        byte[] frame = KeyFrameMaker.frame(2001);
        int sequence = 65_530;
        for (int second = 0; second < 10; second++) {
            for (int i = 0; i < 3; i++) {
                driver.rtp(
                        PATIENT,
                        KeyFrameMaker.packet(frame, 9, sequence, second * 90_000, i, 3)
                                .bytes());
            }
            sequence += 3;
            driver.advanceMs(1000);
        }
        assertThat(driver.rtpTo(DOCTOR, DownlinkSsrcs.video(0))).isEmpty();
        assertThat(driver.stills).as("2 kB at 8 kbps are 2.4 s").hasSize(4);
        byte[] webp = driver.stills.get(0).picture().webp();
        assertThat(Arrays.copyOfRange(webp, 20, 20 + frame.length)).isEqualTo(frame);
        assertThat(driver.stills.get(0).picture().width()).isEqualTo(160);
        assertThat(driver.stills.get(0).direction().receiver()).isEqualTo(DOCTOR);
        assertThat(driver.messagesTo(PATIENT, PictureLossIndication.class))
                .as("asked for when one is due, and not otherwise")
                .hasSizeBetween(3, 5);
        driver.assertNoLeak();

        driver.plan(PATIENT, DOCTOR, plan(Rung.VOICE, StillPlan.OFF));
        driver.stills.clear();
        driver.rtp(
                PATIENT,
                KeyFrameMaker.packet(frame, 9, sequence, 1_000_000, 0, 1).bytes());
        assertThat(driver.stills).isEmpty();
    }

    @Test
    void inTurnsOnlyWhoHasTheFloorSendsAndIsHeard() {
        driver.plan(PATIENT, DOCTOR, plan(Rung.PUSH_TO_TALK, StillPlan.OFF));
        assertThat(driver.decided.get(driver.decided.size() - 1).decision().rung())
                .as("both directions share the rung")
                .isEqualTo(Rung.PUSH_TO_TALK);
        assertThat(told(PATIENT).speech()).isFalse();
        assertThat(told(DOCTOR).speech()).isFalse();

        driver.call.setFloor(Optional.of(PATIENT), driver.nowNanos);
        assertThat(told(PATIENT).speech()).isTrue();
        assertThat(told(DOCTOR).speech()).isFalse();
        driver.sent.clear();
        driver.rtp(PATIENT, speech(1, 0, 0, 1).bytes());
        driver.rtp(DOCTOR, speech(2, 0, 0, 1).type(109).bytes());
        driver.advanceMs(200);
        assertThat(driver.rtpTo(DOCTOR)).isNotEmpty();
        assertThat(driver.rtpTo(PATIENT)).isEmpty();
        assertThat(driver.dropped(Drop.NO_FLOOR)).isEqualTo(1);
        assertThat(room(PATIENT).up().pause()).isEqualTo(TransferRoom.Pause.FLOOR);

        driver.call.setFloor(Optional.empty(), driver.nowNanos);
        assertThat(told(PATIENT).speech()).isFalse();
        driver.plan(PATIENT, DOCTOR, plan(Rung.THIN_VOICE, StillPlan.OFF));
        assertThat(told(DOCTOR).speech()).isTrue();
    }

    @Test
    void notesAreNoLiveSpeech() {
        driver.plan(PATIENT, DOCTOR, plan(Rung.NOTES, StillPlan.OFF));
        assertThat(told(PATIENT).speech()).isFalse();
        assertThat(told(PATIENT).statsSeconds()).as("it shows that it lives").isEqualTo(1);
        assertThat(told(DOCTOR).speech()).isTrue();
        driver.rtp(PATIENT, speech(1, 0, 0, 1).bytes());
        driver.advanceMs(200);
        assertThat(driver.rtpTo(DOCTOR)).isEmpty();
    }

    @Test
    void aSocketMovesNoNegativeBytes() {
        assertThat(catchNegative()).isNotNull();
    }

    private static Throwable catchNegative() {
        return Objects.requireNonNull(
                org.assertj.core.api.Assertions.catchThrowable(() -> new SocketBytes(-1, 0, true)), "accepted");
    }
}
