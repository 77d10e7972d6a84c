package org.raabta.relay.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.raabta.relay.call.CallDriver.DOCTOR;
import static org.raabta.relay.call.CallDriver.DOCTOR_MEDIA;
import static org.raabta.relay.call.CallDriver.GUEST;
import static org.raabta.relay.call.CallDriver.PATIENT;
import static org.raabta.relay.call.CallDriver.PATIENT_MEDIA;
import static org.raabta.relay.call.CallDriver.media;
import static org.raabta.relay.call.Packets.packet;
import static org.raabta.relay.call.Packets.speech;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.raabta.relay.control.DownlinkSsrcs;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.Role;
import org.raabta.relay.rtp.RtpPacket;
import org.raabta.relay.rtp.SequenceNumbers;

class AudioForwardingTest {
    private static final byte[] RED = {
        (byte) (0x80 | 111),
        0x0F,
        0x00,
        2, // block of Opus, timestamp offset 960, two bytes
        111, // primary
        7,
        8, // redundant data
        1,
        2,
        3
    };

    private final CallDriver driver = CallDriver.consultation();

    @Test
    void whoeverComesAfterSomebodyLeftIsHeardInTheirSlot() {
        driver.rtp(PATIENT, speech(0xAAAA, 1, 0, 0).bytes());
        driver.call.removeLeg(PATIENT, driver.nowNanos);
        LegId phone = new LegId("phone");
        driver.call.addLeg(phone, Role.PATIENT, LegKind.SDP, driver.nowNanos);
        driver.call.setMedia(phone, PATIENT_MEDIA, driver.nowNanos);
        driver.call.setConnected(phone, true, driver.nowNanos);
        driver.plan(phone, DOCTOR, Speech.plan(20, false));
        driver.advanceMs(20);
        driver.rtp(phone, speech(0xBBBB, 900, 77, 0).bytes());

        assertThat(ssrcs(DOCTOR)).containsExactly(DownlinkSsrcs.audio(0), DownlinkSsrcs.audio(0));
        assertThat(sequenceSteps()).containsExactly(1);
        assertThat(timestampSteps()).containsExactly(960);
    }

    @Test
    void speechArrivesUnderTheReceiversNumbers() {
        driver.rtp(PATIENT, speech(0xAAAA, 65_534, 5000, 0).marker(true).bytes());

        CallDriver.Sent heard = driver.rtpTo(DOCTOR).get(0);
        assertThat(driver.rtpTo(DOCTOR)).hasSize(1);
        assertThat(driver.rtpTo(PATIENT)).isEmpty();
        assertThat(heard.rtp().payloadType()).isEqualTo(109);
        assertThat(heard.rtp().ssrc()).isEqualTo(DownlinkSsrcs.audio(0));
        assertThat(heard.rtp().marker()).isTrue();
        assertThat(heard.rtp().sequenceNumber()).isLessThan(0x8000);
        assertThat(heard.payload()).containsExactly(Speech.SILK_20, 0, 0);
        driver.assertNoLeak();
    }

    @Test
    void onlyTheNegotiatedStampTravelsAndEveryOtherExtensionStaysBehind() {
        driver.rtp(PATIENT, speech(0xAAAA, 1, 0, 0).strangers().stamp(3, 700).bytes());
        driver.rtp(PATIENT, speech(0xAAAA, 1, 0, 1).strangers().stamp(3, 701).bytes());

        List<CallDriver.Sent> heard = driver.rtpTo(DOCTOR);
        for (int i = 0; i < 2; i++) {
            RtpPacket rtp = heard.get(i).rtp();
            assertThat(heard.get(i).length()).isEqualTo(12 + 8 + 3);
            assertThat(rtp.extensionIndex(1, 1)).isEqualTo(-1);
            assertThat(rtp.extensionIndex(4, 1)).isEqualTo(-1);
            assertThat(rtp.buffer().getUnsignedShort(rtp.extensionIndex(5, 2)))
                    .as("stamped by us, from 0")
                    .isEqualTo(i);
        }
    }

    @Test
    void aReceiverWithoutExtensionsGetsTheShortestHeader() {
        driver.call.setMedia(DOCTOR, media(109, -1, 120, 124, MediaDescription.NONE), driver.nowNanos);
        driver.rtp(PATIENT, speech(0xAAAA, 1, 0, 0).strangers().stamp(3, 700).bytes());
        assertThat(driver.rtpTo(DOCTOR).get(0).length()).isEqualTo(12 + 3);
    }

    @Test
    void redTravelsAsRedWithItsBlocksRetyped() {
        driver.plan(PATIENT, DOCTOR, Speech.plan(20, true));
        driver.rtp(PATIENT, packet().type(63).sequence(4).payload(RED).bytes());
        CallDriver.Sent heard = driver.rtpTo(DOCTOR).get(0);
        assertThat(heard.rtp().payloadType()).isEqualTo(108);
        assertThat(heard.payload()).containsExactly(0x80 | 109, 0x0F, 0x00, 2, 109, 7, 8, 1, 2, 3);
    }

    @Test
    void aReceiverWithoutRedHearsThePrimaryBlockAsPlainOpus() {
        driver.plan(PATIENT, DOCTOR, Speech.plan(20, true));
        driver.call.setMedia(DOCTOR, media(109, MediaDescription.NONE, 120, 124, 5), driver.nowNanos);
        driver.rtp(PATIENT, packet().type(63).sequence(4).payload(RED).bytes());
        CallDriver.Sent heard = driver.rtpTo(DOCTOR).get(0);
        assertThat(heard.rtp().payloadType()).isEqualTo(109);
        assertThat(heard.payload()).containsExactly(1, 2, 3);
    }

    @Test
    void brokenRedAndPaddingAreCountedAndNumberedOver() {
        driver.rtp(PATIENT, speech(0x1111, 10, 0, 0).bytes());
        driver.rtp(PATIENT, packet().type(63).sequence(11).payload((byte) 0xFF).bytes());
        driver.rtp(
                PATIENT,
                packet().type(63).sequence(12).payload((byte) 5, (byte) 1).bytes());
        driver.rtp(PATIENT, packet().sequence(13).payload().bytes());
        driver.rtp(PATIENT, speech(0x1111, 10, 0, 4).bytes());
        assertThat(sequenceSteps()).containsExactly(1);
        assertThat(driver.dropped(Drop.MALFORMED_RED)).isEqualTo(2);
        assertThat(driver.dropped(Drop.PADDING_ONLY)).isEqualTo(1);
    }

    @Test
    void whatTheNetworkLostStaysAGapAndALatePacketFillsIt() {
        driver.rtp(PATIENT, speech(0x1111, 65_534, 0, 0).bytes());
        driver.rtp(PATIENT, speech(0x1111, 65_534, 0, 3).bytes());
        driver.rtp(PATIENT, speech(0x1111, 65_534, 0, 2).bytes());
        driver.rtp(PATIENT, speech(0x1111, 65_534, 0, 2).bytes());
        assertThat(sequenceSteps()).containsExactly(3, -1);
        assertThat(timestampSteps()).containsExactly(3 * 960, -960);
        assertThat(driver.dropped(Drop.DUPLICATE)).isEqualTo(1);
    }

    @Test
    void aRestartWithAnotherSsrcGoesOnWithoutAGap() {
        talk(PATIENT, 0xAAAA, 60_000, 12345, 5);
        driver.advanceMs(1000);
        talk(PATIENT, 0xBBBB, 17, -999, 5);
        assertContinuous(5, 1020);
        driver.rtp(PATIENT, speech(0xAAAA, 60_000, 12345, 5).bytes());
        assertThat(driver.dropped(Drop.SUPERSEDED_STREAM)).isEqualTo(1);
    }

    @Test
    void aSequenceJumpUnderTheSameSsrcIsARestart() {
        talk(PATIENT, 0xAAAA, 1000, 12345, 5);
        driver.advanceMs(300);
        talk(PATIENT, 0xAAAA, 40_000, 777, 5);
        assertContinuous(5, 320);
    }

    @Test
    void aReplacementLegGoesOnInTheSlotOfTheOldOne() {
        talk(PATIENT, 0xAAAA, 1000, 12345, 5);
        driver.advanceMs(5000);
        LegId second = new LegId("patient-2");
        driver.join(second, Role.PATIENT, media(96, -1, 98, 99, 2));
        talk(second, 96, 0xCCCC, 5, 5, 5);
        assertContinuous(5, 5020);
        driver.rtp(PATIENT, speech(0xAAAA, 1000, 12345, 5).bytes());
        assertThat(driver.dropped(Drop.UNKNOWN_LEG)).isEqualTo(1);
        assertThat(driver.rtpTo(PATIENT)).isEmpty();
        driver.assertNoLeak();
    }

    @Test
    void threeLegsHearEachOtherInSlotsOfTheirOwn() {
        driver.join(GUEST, Role.GUEST, media(100, -1, 101, -1, -1));
        driver.rtp(PATIENT, speech(1, 0, 0, 0).bytes());
        driver.rtp(DOCTOR, speech(2, 0, 0, 0).type(109).bytes());
        driver.rtp(GUEST, speech(3, 0, 0, 0).type(100).bytes());

        assertThat(ssrcs(PATIENT)).containsExactly(DownlinkSsrcs.audio(0), DownlinkSsrcs.audio(1));
        assertThat(ssrcs(DOCTOR)).containsExactly(DownlinkSsrcs.audio(0), DownlinkSsrcs.audio(1));
        assertThat(ssrcs(GUEST)).containsExactly(DownlinkSsrcs.audio(0), DownlinkSsrcs.audio(1));

        LegId secondPatient = new LegId("patient-2");
        driver.join(secondPatient, Role.PATIENT, PATIENT_MEDIA);
        driver.rtp(secondPatient, speech(4, 0, 0, 0).bytes());
        assertThat(ssrcs(DOCTOR)).hasSize(3).last().isEqualTo(DownlinkSsrcs.audio(0));
        assertThat(ssrcs(GUEST)).hasSize(3).last().isEqualTo(DownlinkSsrcs.audio(0));
        driver.call.removeLeg(DOCTOR, driver.nowNanos);
        driver.rtp(GUEST, speech(3, 0, 0, 1).type(100).bytes());
        assertThat(ssrcs(secondPatient)).containsExactly(DownlinkSsrcs.audio(1));
        driver.assertNoLeak();
    }

    @Test
    void aLegOfTheSameRoleButAnotherKindIsSomebodyElse() {
        LegId tablet = new LegId("tablet");
        driver.call.addLeg(tablet, Role.PATIENT, LegKind.SDP, driver.nowNanos);
        driver.call.setMedia(tablet, PATIENT_MEDIA, driver.nowNanos);
        driver.call.setConnected(tablet, true, driver.nowNanos);
        driver.plan(tablet, DOCTOR, Speech.plan(20, false));
        driver.rtp(PATIENT, speech(1, 0, 0, 0).bytes());
        driver.rtp(tablet, speech(2, 0, 0, 0).bytes());
        assertThat(ssrcs(DOCTOR)).containsExactly(DownlinkSsrcs.audio(0), DownlinkSsrcs.audio(1));
    }

    @Test
    void unknownPayloadTypesAndTooManyStreamsAreCounted() {
        driver.rtp(PATIENT, packet().type(55).bytes());
        assertThat(driver.dropped(Drop.UNKNOWN_PAYLOAD_TYPE)).isEqualTo(1);
        for (int ssrc = 0; ssrc < Uplink.MAX_STREAMS + 3; ssrc++) {
            driver.rtp(PATIENT, speech(ssrc, 0, 0, 0).bytes());
        }
        assertThat(driver.dropped(Drop.TOO_MANY_STREAMS)).isEqualTo(3);
        driver.advanceMs(1500);
        driver.rtp(PATIENT, speech(99, 0, 0, 0).bytes());
        assertThat(driver.dropped(Drop.TOO_MANY_STREAMS))
                .as("idle ones make room")
                .isEqualTo(3);
    }

    @Test
    void aReceiverThatWasAwayHearsNumbersWithoutAGapAndTimeAsItPassed() {
        talk(PATIENT, 0xAAAA, 0, 0, 3);
        driver.call.setConnected(DOCTOR, false, driver.nowNanos);
        for (int n = 3; n < 10; n++) {
            driver.rtp(PATIENT, speech(0xAAAA, 0, 0, n).bytes());
        }
        assertThat(driver.dropped(Drop.RECEIVER_NOT_CONNECTED)).isEqualTo(7);
        driver.call.setConnected(DOCTOR, true, driver.nowNanos);
        driver.rtp(PATIENT, speech(0xAAAA, 0, 0, 10).bytes());
        assertThat(sequenceSteps()).containsExactly(1, 1, 1);
        assertThat(timestampSteps()).containsExactly(960, 960, 8 * 960);
    }

    @Test
    void aClockThatIsNegativeOrOverflowsChangesNothing() {
        for (long start : new long[] {-5_000_000_000L, Long.MAX_VALUE - 2_000_000_000L}) {
            CallDriver odd = CallDriver.ample(1, start);
            odd.join(PATIENT, Role.PATIENT, PATIENT_MEDIA);
            odd.join(DOCTOR, Role.DOCTOR, DOCTOR_MEDIA);
            odd.call.admit(odd.nowNanos);
            for (int n = 0; n < 500; n++) {
                odd.rtp(PATIENT, speech(1, 0, 0, n).stamp(3, n).bytes());
                odd.advanceMs(20);
            }
            assertThat(odd.rtpTo(DOCTOR)).hasSize(500);
            assertThat(odd.rtcpTo(PATIENT)).hasSizeBetween(10, 25);
        }
    }

    private void talk(LegId from, int ssrc, int firstSequence, int firstTimestamp, int packets) {
        talk(from, 111, ssrc, firstSequence, firstTimestamp, packets);
    }

    private void talk(LegId from, int type, int ssrc, int firstSequence, int firstTimestamp, int packets) {
        for (int n = 0; n < packets; n++) {
            driver.advanceMs(20);
            driver.rtp(
                    from,
                    speech(ssrc, firstSequence, firstTimestamp, n).type(type).bytes());
        }
    }

    /** Two bursts of {@code each} packets, the second {@code gapMs} after the first. */
    private void assertContinuous(int each, int gapMs) {
        assertThat(driver.rtpTo(DOCTOR)).hasSize(2 * each);
        assertThat(ssrcs(DOCTOR)).containsOnly(DownlinkSsrcs.audio(0));
        assertThat(sequenceSteps()).containsOnly(1);
        List<Integer> steps = timestampSteps();
        for (int i = 0; i < steps.size(); i++) {
            assertThat(steps.get(i)).isEqualTo(i == each - 1 ? gapMs * 48 : 960);
        }
    }

    private List<Integer> ssrcs(LegId leg) {
        return driver.rtpTo(leg).stream().map(one -> one.rtp().ssrc()).toList();
    }

    private List<Integer> sequenceSteps() {
        List<CallDriver.Sent> heard = driver.rtpTo(DOCTOR);
        return IntStream.range(1, heard.size())
                .mapToObj(i -> SequenceNumbers.difference(
                        heard.get(i).rtp().sequenceNumber(),
                        heard.get(i - 1).rtp().sequenceNumber()))
                .toList();
    }

    private List<Integer> timestampSteps() {
        List<CallDriver.Sent> heard = driver.rtpTo(DOCTOR);
        return IntStream.range(1, heard.size())
                .mapToObj(i ->
                        heard.get(i).rtp().timestamp() - heard.get(i - 1).rtp().timestamp())
                .toList();
    }
}
