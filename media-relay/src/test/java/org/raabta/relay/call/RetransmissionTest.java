package org.raabta.relay.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.raabta.relay.call.CallDriver.DOCTOR;
import static org.raabta.relay.call.CallDriver.PATIENT;
import static org.raabta.relay.call.CallDriver.media;
import static org.raabta.relay.call.Packets.frame;
import static org.raabta.relay.call.Packets.packet;
import static org.raabta.relay.call.Packets.speech;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.raabta.relay.control.DownlinkSsrcs;
import org.raabta.relay.rtp.Nack;
import org.raabta.relay.rtp.PictureLossIndication;

class RetransmissionTest {
    private static final int SSRC = 0xF00;
    private static final int SLOT_0 = DownlinkSsrcs.video(0);
    private static final int RTX_0 = DownlinkSsrcs.videoRtx(0);

    private final CallDriver driver = CallDriver.consultation();

    @Test
    void aReceiversNackIsAnsweredAsRtx() {
        film(0, 5);
        CallDriver.Sent lost = driver.rtpTo(DOCTOR, SLOT_0).get(2);
        nackFromDoctor(lost);
        List<CallDriver.Sent> again = driver.rtpTo(DOCTOR, RTX_0);
        assertThat(again).hasSize(1);
        assertThat(again.get(0).rtp().payloadType()).isEqualTo(124);
        assertThat(again.get(0).rtp().timestamp()).isEqualTo(lost.rtp().timestamp());
        assertThat(again.get(0).rtp().marker()).isTrue();
        ByteBuf payload = Unpooled.wrappedBuffer(again.get(0).payload());
        assertThat(payload.readUnsignedShort()).isEqualTo(lost.rtp().sequenceNumber());
        assertThat(payload).isEqualTo(Unpooled.wrappedBuffer(lost.payload()));

        nackFromDoctor(driver.rtpTo(DOCTOR, SLOT_0).get(3));
        again = driver.rtpTo(DOCTOR, RTX_0);
        assertThat(again.get(1).rtp().sequenceNumber() - again.get(0).rtp().sequenceNumber() & 0xFFFF)
                .isEqualTo(1);
        driver.assertNoLeak();
    }

    @Test
    void withoutRtxThePacketItselfIsSentAgainUnderAnotherStamp() {
        driver.call.setMedia(DOCTOR, media(109, 108, 120, -1, 5), driver.nowNanos);
        film(0, 5);
        CallDriver.Sent lost = driver.rtpTo(DOCTOR, SLOT_0).get(2);
        nackFromDoctor(lost);
        CallDriver.Sent again = driver.rtpTo(DOCTOR, SLOT_0).get(5);
        assertThat(again.rtp().sequenceNumber()).isEqualTo(lost.rtp().sequenceNumber());
        assertThat(again.payload()).isEqualTo(lost.payload());
        assertThat(stamp(again)).isEqualTo(5);
        assertThat(stamp(lost)).isEqualTo(2);
    }

    @Test
    void aPacketIsSentAgainOncePerRoundTripAndAFewTimesOnly() {
        driver.call.onRoundTrip(DOCTOR, 200_000_000L, driver.nowNanos);
        film(0, 3);
        CallDriver.Sent lost = driver.rtpTo(DOCTOR, SLOT_0).get(1);
        for (int i = 0; i < 30; i++) {
            nackFromDoctor(lost);
            driver.advanceMs(50);
        }
        List<CallDriver.Sent> again = driver.rtpTo(DOCTOR, RTX_0);
        assertThat(again).hasSize(PacketHistory.MAX_RESENDS);
        for (int i = 1; i < again.size(); i++) {
            assertThat(again.get(i).atNanos() - again.get(i - 1).atNanos()).isGreaterThanOrEqualTo(200_000_000L);
        }
        assertThat(driver.dropped(Drop.NACK_REFUSED)).isEqualTo(30 - PacketHistory.MAX_RESENDS);
    }

    @Test
    void whatIsNotKeptAndAudioAreNotSentAgain() {
        film(0, 3);
        driver.rtp(PATIENT, speech(1, 0, 0, 0).bytes());
        int audio = driver.rtpTo(DOCTOR, DownlinkSsrcs.audio(0)).get(0).rtp().sequenceNumber();
        int before = driver.rtpTo(DOCTOR).size();
        driver.rtcp(DOCTOR, new Nack(1, DownlinkSsrcs.audio(0), List.of(audio)));
        int video = driver.rtpTo(DOCTOR, SLOT_0).get(0).rtp().sequenceNumber();
        driver.rtcp(DOCTOR, new Nack(1, SLOT_0, List.of(video + 50 & 0xFFFF, video - 1 & 0xFFFF)));
        assertThat(driver.rtpTo(DOCTOR)).hasSize(before);
        assertThat(driver.dropped(Drop.NACK_UNKNOWN)).isEqualTo(3);
    }

    @Test
    void missingVideoIsAskedForInOneNackAndStopsWhenItComes() {
        film(0, 3);
        driver.rtp(PATIENT, frame(SSRC, 65_530, 0, 6, false).bytes());
        assertThat(nacksToPatient()).isEmpty();
        driver.advanceMs(10);
        assertThat(nacksToPatient()).hasSize(1);
        assertThat(nacksToPatient().get(0).mediaSsrc()).isEqualTo(SSRC);
        assertThat(nacksToPatient().get(0).sequences()).containsExactly(65_533, 65_534, 65_535);

        driver.rtp(PATIENT, frame(SSRC, 65_530, 0, 4, false).bytes());
        driver.rtp(PATIENT, rtx(5, 1).bytes());
        List<CallDriver.Sent> seen = driver.rtpTo(DOCTOR, SLOT_0);
        assertThat(seen).hasSize(6);
        int first = seen.get(0).rtp().sequenceNumber();
        assertThat(seen.stream().map(one -> one.rtp().sequenceNumber() - first & 0xFFFF))
                .containsExactly(0, 1, 2, 6, 4, 5);
        assertThat(seen.get(5).payload()[6]).as("the original's payload").isEqualTo((byte) 5);
        assertThat(seen.get(5).rtp().timestamp() - seen.get(0).rtp().timestamp())
                .isEqualTo(5 * 6000);

        driver.advanceMs(500);
        assertThat(nacksToPatient().get(1).sequences()).containsExactly(65_533);
        driver.rtp(PATIENT, rtx(3, 2).bytes());
        driver.rtp(PATIENT, rtx(3, 3).bytes());
        assertThat(driver.rtpTo(DOCTOR, SLOT_0)).hasSize(7);
        assertThat(driver.dropped(Drop.DUPLICATE)).isEqualTo(1);
        int asked = nacksToPatient().size();
        driver.advanceMs(5000);
        assertThat(nacksToPatient()).hasSize(asked);
    }

    @Test
    void afterAFewTriesAKeyFrameIsAskedForInstead() {
        driver.call.onRoundTrip(PATIENT, 100_000_000L, driver.nowNanos);
        film(0, 3);
        driver.rtp(PATIENT, frame(SSRC, 65_530, 0, 4, false).bytes());
        driver.advanceMs(5000);
        assertThat(nacksToPatient()).hasSize(MissingPackets.MAX_REQUESTS);
        assertThat(driver.messagesTo(PATIENT, PictureLossIndication.class)).hasSize(1);
    }

    @Test
    void aKeyFrameEndsTheSearchForWhatCameBefore() {
        film(0, 3);
        driver.rtp(PATIENT, frame(SSRC, 65_530, 0, 4, false).bytes());
        driver.rtp(PATIENT, frame(SSRC, 65_530, 0, 5, true).bytes());
        driver.advanceMs(3000);
        assertThat(nacksToPatient()).isEmpty();
    }

    @Test
    void aLargeGapIsRepairedWithAKeyFrame() {
        film(0, 3);
        driver.rtp(PATIENT, frame(SSRC, 65_530, 0, 1000, false).bytes());
        driver.advanceMs(3000);
        assertThat(nacksToPatient()).isEmpty();
        assertThat(driver.messagesTo(PATIENT, PictureLossIndication.class)).hasSize(1);
    }

    @Test
    void nobodyAsksForAudioOrForVideoThatNobodyWatches() {
        driver.rtp(PATIENT, speech(1, 0, 0, 0).bytes());
        driver.rtp(PATIENT, speech(1, 0, 0, 5).bytes());
        driver.call.setVoiceOnly(DOCTOR, true, driver.nowNanos);
        film(0, 3);
        driver.rtp(PATIENT, frame(SSRC, 65_530, 0, 6, false).bytes());
        driver.advanceMs(3000);
        assertThat(nacksToPatient()).isEmpty();
        assertThat(driver.messagesTo(PATIENT, PictureLossIndication.class)).isEmpty();
    }

    @Test
    void rtxThatMeansNothingIsCounted() {
        driver.rtp(PATIENT, rtx(0, 1).bytes());
        film(0, 3);
        driver.rtp(
                PATIENT,
                packet().type(97).ssrc(0xF01).sequence(2).payload((byte) 1).bytes());
        assertThat(driver.dropped(Drop.MALFORMED_RTX)).isEqualTo(2);
        driver.rtp(PATIENT, packet().type(97).ssrc(0xF01).sequence(3).payload().bytes());
        assertThat(driver.dropped(Drop.PADDING_ONLY)).isEqualTo(1);
        driver.rtp(PATIENT, rtx(-2000, 4).bytes());
        driver.rtp(PATIENT, rtx(20_000, 5).bytes());
        assertThat(driver.dropped(Drop.TOO_LATE)).isEqualTo(2);
        assertThat(driver.rtpTo(DOCTOR)).hasSize(3);
    }

    @Test
    void historyIsBoundedInBytes() {
        byte[] large = new byte[1200];
        large[0] = 0x10; // start of a key frame without extensions
        for (int n = 0; n < 400; n++) {
            driver.rtp(
                    PATIENT,
                    packet().type(96)
                            .ssrc(SSRC)
                            .sequence(n)
                            .timestamp(n)
                            .payload(large)
                            .bytes());
            driver.advanceMs(5);
        }
        List<CallDriver.Sent> seen = driver.rtpTo(DOCTOR, SLOT_0);
        int kept = PacketHistory.MAX_BYTES / 1200;
        IntStream.range(0, 400).forEach(n -> nackFromDoctor(seen.get(n)));
        driver.advanceMs(2000);
        assertThat(driver.rtpTo(DOCTOR, RTX_0)).hasSizeBetween(kept - 1, kept);
        assertThat(driver.rtpTo(DOCTOR, RTX_0))
                .allSatisfy(one -> assertThat(one.length()).isEqualTo(12 + 8 + 2 + 1200));
    }

    private void film(int from, int frames) {
        for (int n = from; n < from + frames; n++) {
            driver.rtp(PATIENT, frame(SSRC, 65_530, 0, n, n == 0).bytes());
        }
    }

    private static Packets.Builder rtx(int frame, int sequence) {
        byte[] original = Packets.vp8(false, 100 + frame, 50 + frame & 0xFF, frame);
        ByteBuf payload = Unpooled.buffer().writeShort(65_530 + frame).writeBytes(original);
        byte[] bytes = new byte[payload.readableBytes()];
        payload.readBytes(bytes);
        return packet().type(97)
                .ssrc(0xF01)
                .sequence(sequence)
                .timestamp(6000 * frame)
                .marker(true)
                .payload(bytes);
    }

    private void nackFromDoctor(CallDriver.Sent lost) {
        driver.rtcp(DOCTOR, new Nack(1, SLOT_0, List.of(lost.rtp().sequenceNumber())));
    }

    private List<Nack> nacksToPatient() {
        return driver.messagesTo(PATIENT, Nack.class);
    }

    private static int stamp(CallDriver.Sent sent) {
        return sent.bytes().getUnsignedShort(sent.rtp().extensionIndex(5, 2));
    }
}
