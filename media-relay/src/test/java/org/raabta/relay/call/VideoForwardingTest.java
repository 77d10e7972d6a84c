package org.raabta.relay.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.raabta.relay.call.CallDriver.DOCTOR;
import static org.raabta.relay.call.CallDriver.GUEST;
import static org.raabta.relay.call.CallDriver.PATIENT;
import static org.raabta.relay.call.CallDriver.PATIENT_MEDIA;
import static org.raabta.relay.call.CallDriver.media;
import static org.raabta.relay.call.Packets.frame;
import static org.raabta.relay.call.Packets.packet;
import static org.raabta.relay.call.Packets.speech;
import static org.raabta.relay.call.Packets.vp8;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.raabta.adapter.Decision;
import org.raabta.adapter.LinkHint;
import org.raabta.adapter.Reason;
import org.raabta.adapter.Rung;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.DownlinkSsrcs;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.Role;
import org.raabta.relay.rtp.FullIntraRequest;
import org.raabta.relay.rtp.PictureLossIndication;
import org.raabta.relay.rtp.Vp8Descriptor;

class VideoForwardingTest {
    private static final int SSRC = 0xF00;
    private static final int SLOT_0 = DownlinkSsrcs.video(0);
    private static final Direction UP = new Direction(PATIENT, DOCTOR);
    private static final Direction DOWN = new Direction(DOCTOR, PATIENT);

    private CallDriver driver = CallDriver.consultation();

    @Test
    void videoStartsAtAKeyFrameThatWasAskedFor() {
        driver.rtp(PATIENT, frame(SSRC, 65_530, 0, 0, false).bytes());
        assertThat(driver.rtpTo(DOCTOR)).isEmpty();
        assertThat(driver.dropped(Drop.AWAITING_KEY_FRAME)).isEqualTo(1);
        assertThat(keyFrameRequests()).isEqualTo(1);

        for (int n = 1; n < 30; n++) {
            driver.rtp(PATIENT, frame(SSRC, 65_530, 0, n, n == 5).bytes());
        }
        List<CallDriver.Sent> seen = driver.rtpTo(DOCTOR, SLOT_0);
        assertThat(seen).hasSize(25);
        assertThat(seen.get(0).rtp().payloadType()).isEqualTo(120);
        assertContinuous(seen);
        assertThat(keyFrameRequests()).isEqualTo(1);
        driver.assertNoLeak();
    }

    @Test
    void anotherStreamGoesOnWithPictureIdsAndTimeAndStartsAtItsKeyFrame() {
        film(PATIENT, SSRC, 100, 777, 0, 10);
        driver.advanceMs(500);
        for (int n = 0; n < 3; n++) {
            driver.rtp(PATIENT, frame(0xBEEF, 9, 42, n, false).bytes());
        }
        assertThat(driver.rtpTo(DOCTOR, SLOT_0)).hasSize(10);
        for (int n = 3; n < 10; n++) {
            driver.rtp(PATIENT, frame(0xBEEF, 9, 42, n, n == 3).bytes());
        }
        List<CallDriver.Sent> seen = driver.rtpTo(DOCTOR, SLOT_0);
        assertThat(seen).hasSize(17);
        assertContinuous(seen);
        assertThat(seen.get(10).rtp().timestamp() - seen.get(9).rtp().timestamp())
                .as("time went on by what passed")
                .isEqualTo(500 * 90);
        assertThat(keyFrameRequests()).isEqualTo(1);
    }

    @Test
    void aReplacementPageGoesOnInTheSameSlot() {
        film(PATIENT, SSRC, 100, 777, 0, 10);
        driver.advanceMs(2000);
        LegId second = new LegId("patient-2");
        driver.join(second, Role.PATIENT, PATIENT_MEDIA);
        film(second, 0xABC, 60_000, 1, 0, 10);
        List<CallDriver.Sent> seen = driver.rtpTo(DOCTOR, SLOT_0);
        assertThat(seen).hasSize(20);
        assertContinuous(seen);
    }

    @Test
    void paddingLeavesNoGap() {
        film(PATIENT, SSRC, 100, 777, 0, 3);
        driver.rtp(PATIENT, packet().type(96).ssrc(SSRC).sequence(103).payload().bytes());
        driver.rtp(
                PATIENT,
                packet().type(96).ssrc(SSRC).sequence(104).payload((byte) 0x10).bytes());
        for (int n = 5; n < 8; n++) {
            driver.rtp(PATIENT, frame(SSRC, 100, 777, n, false).bytes());
        }
        List<CallDriver.Sent> seen = driver.rtpTo(DOCTOR, SLOT_0);
        assertThat(seen).hasSize(6);
        assertThat(seen.get(5).rtp().sequenceNumber() - seen.get(0).rtp().sequenceNumber())
                .isEqualTo(5);
        assertThat(driver.dropped(Drop.PADDING_ONLY)).isEqualTo(1);
        assertThat(driver.dropped(Drop.MALFORMED_VP8)).isEqualTo(1);
    }

    @Test
    void nothingIsForwardedBeforeTheDoctorAdmitsAndThenItIsDecided() {
        driver = CallDriver.waiting();
        driver.rtp(PATIENT, speech(1, 0, 0, 0).bytes());
        driver.rtp(PATIENT, frame(SSRC, 0, 0, 0, true).bytes());
        assertThat(driver.sent).isEmpty();
        assertThat(driver.decided).isEmpty();
        assertThat(driver.dropped(Drop.NOT_ADMITTED)).isEqualTo(2);

        driver.call.admit(driver.nowNanos);
        Decision video = new Decision(Rung.VIDEO, Reason.UNCONSTRAINED);
        assertThat(driver.decided)
                .containsExactly(new CallDriver.Decided(UP, video), new CallDriver.Decided(DOWN, video));
        assertThat(keyFrameRequests()).as("the patient's video runs already").isEqualTo(1);
        driver.call.admit(driver.nowNanos);
        assertThat(driver.decided).hasSize(2);
        driver.rtp(PATIENT, speech(1, 0, 0, 1).bytes());
        driver.rtp(PATIENT, frame(SSRC, 0, 0, 1, true).bytes());
        assertThat(driver.rtpTo(DOCTOR)).hasSize(2);
    }

    @Test
    void videoFlowsOnlyOnARungThatCarriesIt() {
        film(PATIENT, SSRC, 100, 0, 0, 3);
        driver.decided.clear();
        driver.call.setVoiceOnly(DOCTOR, true, driver.nowNanos);
        assertThat(driver.decided)
                .containsExactly(new CallDriver.Decided(UP, new Decision(Rung.VOICE, Reason.VOICE_ONLY_CHOSEN)));
        for (int n = 3; n < 9; n++) {
            driver.rtp(PATIENT, frame(SSRC, 100, 0, n, n == 4).bytes());
        }
        for (int n = 0; n < 3; n++) {
            driver.rtp(PATIENT, speech(1, 0, 0, n).bytes());
        }
        assertThat(driver.rtpTo(DOCTOR, SLOT_0)).hasSize(3);
        assertThat(driver.rtpTo(DOCTOR, DownlinkSsrcs.audio(0)))
                .as("60 ms in one packet")
                .hasSize(1);
        assertThat(driver.dropped(Drop.NOT_ON_RUNG)).isEqualTo(6);

        driver.call.setVoiceOnly(DOCTOR, false, driver.nowNanos);
        assertThat(keyFrameRequests()).as("asked for at the switch").isEqualTo(1);
        driver.rtp(PATIENT, frame(SSRC, 100, 0, 9, false).bytes());
        driver.rtp(PATIENT, frame(SSRC, 100, 0, 10, true).bytes());
        List<CallDriver.Sent> seen = driver.rtpTo(DOCTOR, SLOT_0);
        assertThat(seen).hasSize(4);
        assertContinuous(seen);
        assertThat(seen.get(3).rtp().timestamp() - seen.get(2).rtp().timestamp())
                .as("the source's own clock goes on")
                .isEqualTo(8 * 6000);
    }

    @Test
    void cameraPinAndNegotiationDecideEachDirectionAlone() {
        driver.decided.clear();
        driver.call.setCamera(PATIENT, false, driver.nowNanos);
        driver.call.pin(DOWN, Optional.of(Rung.THIN_VOICE), driver.nowNanos);
        driver.call.pin(DOWN, Optional.of(Rung.THIN_VOICE), driver.nowNanos);
        driver.call.pin(DOWN, Optional.empty(), driver.nowNanos);
        driver.call.setMedia(PATIENT, media(111, -1, -1, -1, -1), driver.nowNanos);
        assertThat(driver.decided)
                .containsExactly(
                        new CallDriver.Decided(UP, new Decision(Rung.VOICE, Reason.CAMERA_OFF)),
                        new CallDriver.Decided(DOWN, new Decision(Rung.THIN_VOICE, Reason.PINNED)),
                        new CallDriver.Decided(DOWN, new Decision(Rung.VIDEO, Reason.UNCONSTRAINED)),
                        new CallDriver.Decided(DOWN, new Decision(Rung.VOICE, Reason.VOICE_ONLY_CHOSEN)));
    }

    /** Who pins it wants it thin, however much the link could carry. */
    @Test
    void thePinnedThinnestVoiceShedsFeedbackOnAnyLink() {
        driver.call.setHint(PATIENT, new LinkHint(5000, 5000, true, false, false), driver.nowNanos);
        driver.call.setHint(DOCTOR, new LinkHint(5000, 5000, true, false, false), driver.nowNanos);
        driver.call.pin(UP, Optional.of(Rung.THIN_VOICE), driver.nowNanos);
        driver.call.pin(DOWN, Optional.of(Rung.THIN_VOICE), driver.nowNanos);
        driver.advanceMs(3_000);
        CallDriver.Commanded last = driver.commanded.stream()
                .filter(each -> each.leg().equals(PATIENT))
                .reduce((first, second) -> second)
                .orElseThrow();
        assertThat(last.command().transportCc()).isFalse();
        assertThat(last.command().statsSeconds()).isEqualTo(10);
    }

    @Test
    void aPinOutlivesTheReplacementOfALeg() {
        driver.call.pin(UP, Optional.of(Rung.VOICE), driver.nowNanos);
        driver.decided.clear();
        LegId second = new LegId("patient-2");
        driver.join(second, Role.PATIENT, PATIENT_MEDIA);
        assertThat(driver.decided)
                .contains(
                        new CallDriver.Decided(new Direction(second, DOCTOR), new Decision(Rung.VOICE, Reason.PINNED)));
        film(second, SSRC, 0, 0, 0, 3);
        assertThat(driver.rtpTo(DOCTOR)).isEmpty();
    }

    @Test
    void notesCarryNoLiveSpeech() {
        driver.call.pin(UP, Optional.of(Rung.NOTES), driver.nowNanos);
        driver.rtp(PATIENT, speech(1, 0, 0, 0).bytes());
        assertThat(driver.rtpTo(DOCTOR)).isEmpty();
        assertThat(driver.dropped(Drop.NOT_ON_RUNG)).isEqualTo(1);
    }

    @Test
    void keyFrameRequestsAreGatheredAndPaced() {
        film(PATIENT, SSRC, 0, 0, 0, 3);
        for (int i = 0; i < 200; i++) {
            driver.rtcp(DOCTOR, new PictureLossIndication(1, SLOT_0));
            driver.rtcp(DOCTOR, new FullIntraRequest(1, List.of(new FullIntraRequest.Entry(SLOT_0, i & 0xFF))));
            driver.advanceMs(10);
        }
        // 2000 ms at one per 500 ms, the first one at once
        assertThat(keyFrameRequests()).isBetween(4, 5);
        List<Long> times = driver.rtcpTo(PATIENT).stream()
                .filter(one -> one.messages().stream().anyMatch(PictureLossIndication.class::isInstance))
                .map(CallDriver.Sent::atNanos)
                .toList();
        for (int i = 1; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isGreaterThanOrEqualTo(500_000_000L);
        }
        assertThat(driver.messagesTo(PATIENT, PictureLossIndication.class)
                        .get(0)
                        .mediaSsrc())
                .isEqualTo(SSRC);
    }

    @Test
    void aKeyFrameThatComesMeanwhileSettlesTheRequest() {
        film(PATIENT, SSRC, 0, 0, 0, 3);
        driver.rtcp(DOCTOR, new PictureLossIndication(1, SLOT_0));
        driver.rtcp(DOCTOR, new PictureLossIndication(1, SLOT_0));
        driver.rtp(PATIENT, frame(SSRC, 0, 0, 3, true).bytes());
        driver.advanceMs(3000);
        assertThat(keyFrameRequests()).isEqualTo(1);
    }

    @Test
    void onALongRoundTripARequestUnderWayIsNotRepeated() {
        driver.call.onRoundTrip(PATIENT, 1_300_000_000L, driver.nowNanos);
        film(PATIENT, SSRC, 0, 0, 0, 1);
        for (int i = 0; i < 15; i++) {
            driver.rtcp(DOCTOR, new PictureLossIndication(1, SLOT_0));
            driver.advanceMs(100);
        }
        assertThat(keyFrameRequests()).isEqualTo(1);
    }

    @Test
    void aReceiverThatJoinsOrComesBackGetsAKeyFrame() {
        film(PATIENT, SSRC, 0, 0, 0, 3);
        driver.join(GUEST, Role.GUEST, media(100, -1, 101, -1, -1));
        assertThat(keyFrameRequests()).as("at once").isEqualTo(1);
        driver.advanceMs(1);
        assertThat(keyFrameRequests()).isEqualTo(1);
        driver.rtp(PATIENT, frame(SSRC, 0, 0, 3, false).bytes());
        driver.rtp(PATIENT, frame(SSRC, 0, 0, 4, true).bytes());
        assertThat(driver.rtpTo(GUEST)).hasSize(1);
        assertThat(driver.rtpTo(DOCTOR)).hasSize(5);

        driver.advanceMs(600);
        driver.call.setConnected(DOCTOR, false, driver.nowNanos);
        driver.call.setConnected(DOCTOR, true, driver.nowNanos);
        driver.advanceMs(1);
        assertThat(keyFrameRequests()).isEqualTo(2);
        driver.rtp(PATIENT, frame(SSRC, 0, 0, 5, false).bytes());
        assertThat(driver.rtpTo(DOCTOR)).hasSize(5);
        assertThat(driver.rtpTo(GUEST)).hasSize(2);
    }

    @Test
    void sevenBitPictureIdsStaySevenBits() {
        byte[] key = {(byte) 0x90, (byte) 0x80, 0x7E, 0x10, 1};
        byte[] delta = {(byte) 0x90, (byte) 0x80, 0x7F, 0x11, 1};
        driver.rtp(
                PATIENT,
                packet().type(96)
                        .ssrc(SSRC)
                        .sequence(0)
                        .timestamp(0)
                        .payload(key)
                        .bytes());
        driver.rtp(
                PATIENT,
                packet().type(96)
                        .ssrc(SSRC)
                        .sequence(1)
                        .timestamp(6000)
                        .payload(delta)
                        .bytes());
        List<CallDriver.Sent> seen = driver.rtpTo(DOCTOR, SLOT_0);
        assertThat(seen.get(0).payload()).hasSize(5);
        assertThat(seen.get(0).payload()[2]).isNotNegative();
        assertThat(seen.get(1).payload()[2]).isEqualTo((byte) (seen.get(0).payload()[2] + 1 & 0x7F));
    }

    @Test
    void aFrameOfSeveralPacketsKeepsOnePictureId() {
        byte[] second = vp8(true, 100, 50, 1);
        second[0] = (byte) 0x80; // not the start
        driver.rtp(
                PATIENT,
                packet().type(96)
                        .ssrc(SSRC)
                        .sequence(0)
                        .payload(vp8(true, 100, 50, 0))
                        .bytes());
        driver.rtp(
                PATIENT,
                packet().type(96)
                        .ssrc(SSRC)
                        .sequence(1)
                        .payload(second)
                        .marker(true)
                        .bytes());
        List<CallDriver.Sent> seen = driver.rtpTo(DOCTOR, SLOT_0);
        assertThat(seen).hasSize(2);
        assertThat(descriptor(seen.get(1)).pictureId())
                .isEqualTo(descriptor(seen.get(0)).pictureId());
        assertThat(seen.get(1).rtp().marker()).isTrue();
    }

    private void film(LegId from, int ssrc, int firstSequence, int firstTimestamp, int keyFrame, int frames) {
        for (int n = 0; n < frames; n++) {
            driver.rtp(
                    from,
                    frame(ssrc, firstSequence, firstTimestamp, n, n == keyFrame).bytes());
        }
    }

    private int keyFrameRequests() {
        return driver.messagesTo(PATIENT, PictureLossIndication.class).size();
    }

    private static Vp8Descriptor descriptor(CallDriver.Sent sent) {
        Vp8Descriptor vp8 = Vp8Descriptor.tryParse(
                sent.bytes(), sent.rtp().payloadIndex(), sent.rtp().payloadLength());
        assertThat(vp8).isNotNull();
        return vp8;
    }

    private static void assertContinuous(List<CallDriver.Sent> seen) {
        for (int i = 1; i < seen.size(); i++) {
            CallDriver.Sent one = seen.get(i);
            CallDriver.Sent before = seen.get(i - 1);
            assertThat(one.rtp().sequenceNumber() - before.rtp().sequenceNumber() & 0xFFFF)
                    .isEqualTo(1);
            assertThat(one.rtp().timestamp() - before.rtp().timestamp()).isPositive();
            assertThat(descriptor(one).pictureId() - descriptor(before).pictureId() & 0x7FFF)
                    .isEqualTo(1);
            assertThat(descriptor(one).tl0PicIdx() - descriptor(before).tl0PicIdx() & 0xFF)
                    .isEqualTo(1);
        }
    }
}
