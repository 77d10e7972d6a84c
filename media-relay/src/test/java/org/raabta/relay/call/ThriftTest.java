package org.raabta.relay.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.raabta.relay.call.CallDriver.DOCTOR;
import static org.raabta.relay.call.CallDriver.PATIENT;
import static org.raabta.relay.call.Packets.frame;
import static org.raabta.relay.call.Packets.packet;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.Decision;
import org.raabta.adapter.LinkHint;
import org.raabta.adapter.Plan;
import org.raabta.adapter.Reason;
import org.raabta.adapter.Rung;
import org.raabta.adapter.VideoPlan;
import org.raabta.relay.control.LegId;
import org.raabta.relay.rtp.Nack;
import org.raabta.relay.rtp.NtpTime;
import org.raabta.relay.rtp.PictureLossIndication;
import org.raabta.relay.rtp.SenderReport;
import org.raabta.relay.rtp.SourceDescription;
import org.raabta.relay.rtp.TransportFeedback;

/** What a leg's link carries beside the media, by its mode. */
class ThriftTest {
    private static final long THEIR_NANOS = 3_900_000_000L * 1_000_000_000L;

    private final CallDriver driver = CallDriver.consultation();
    private int stamp;

    @Test
    void reportsCostWhatTheModeAllows() {
        StringBuilder figures = new StringBuilder();
        Map<DownlinkMode, Double> mostKbps =
                Map.of(DownlinkMode.ALWAYS, 1.3, DownlinkMode.SPARSE, 1.2, DownlinkMode.NEVER, 0.2);
        for (DownlinkMode mode : DownlinkMode.values()) {
            CallDriver minute = CallDriver.consultation();
            mode(minute, mode);
            bothTalk(minute, 60_000, mode != DownlinkMode.NEVER);
            double kbps = rtcpKbps(minute, PATIENT, 60);
            figures.append(String.format(
                    Locale.ROOT,
                    "%s: RTCP %.2f kbps in %d datagrams; ",
                    mode,
                    kbps,
                    minute.rtcpTo(PATIENT).size()));
            assertThat(kbps).as("%s", mode).isLessThan(mostKbps.getOrDefault(mode, 0.0));
        }
        System.out.println("a minute of talk both ways, to one leg: " + figures);
    }

    @Test
    void thinVoiceHasNoStampsNoFeedbackAndFewReports() {
        mode(driver, DownlinkMode.NEVER);
        bothTalk(driver, 60_000, true);
        assertThat(driver.messagesTo(PATIENT, TransportFeedback.class)).isEmpty();
        assertThat(stamped(PATIENT)).isEmpty();
        List<SenderReport> reports = driver.messagesTo(PATIENT, SenderReport.class);
        assertThat(reports).hasSizeBetween(6, 13);
        assertThat(reports).allSatisfy(report -> assertThat(report.blocks()).hasSize(1));
        assertThat(driver.messagesTo(PATIENT, SourceDescription.class)).hasSizeBetween(1, 3);
        assertThat(driver.messagesTo(DOCTOR, SenderReport.class))
                .as("a pin is meant for every link")
                .hasSizeBetween(6, 13);

        driver.sent.clear();
        mode(driver, DownlinkMode.ALWAYS);
        bothTalk(driver, 3000, true);
        assertThat(driver.messagesTo(PATIENT, TransportFeedback.class).stream()
                        .mapToInt(TransportFeedback::packets)
                        .sum())
                .as("what came in between is not told")
                .isLessThan(200);
        assertThat(stamped(PATIENT)).hasSizeGreaterThan(40);
    }

    @Test
    void sparselyThreeInARowEachSecondAreStamped() {
        mode(driver, DownlinkMode.SPARSE);
        bothTalk(driver, 10_000, true);
        List<CallDriver.Sent> stamped = stamped(PATIENT);
        assertThat(stamped).hasSizeBetween(28, 33);
        for (int i = 1; i < stamped.size(); i++) {
            if (i % 3 == 0) {
                continue; // another run begins
            }
            assertThat(stamped.get(i).rtp().sequenceNumber()
                                    - stamped.get(i - 1).rtp().sequenceNumber()
                            & 0xFFFF)
                    .isEqualTo(1);
            assertThat(stamped.get(i)
                            .bytes()
                            .getUnsignedShort(stamped.get(i).rtp().extensionIndex(3, 2)))
                    .as("numbered without gaps")
                    .isEqualTo(i);
        }
        assertThat(driver.rtpTo(PATIENT).get(5).length()).as("no extension").isEqualTo(12 + 4);
        driver.plan(DOCTOR, PATIENT, Speech.film(100));
        driver.rtp(DOCTOR, frame(0xF0, 1, 1, 0, true).type(120).bytes());
        driver.rtp(DOCTOR, frame(0xF0, 1, 1, 1, false).type(120).bytes());
        assertThat(stamped(PATIENT)).as("video always").hasSize(stamped.size() + 2);
    }

    @Test
    void overALongRoundTripAKeyFrameIsAskedForInsteadOfPackets() {
        driver.call.onRoundTrip(PATIENT, 1_300_000_000L, driver.nowNanos);
        driver.call.onRoundTrip(DOCTOR, 1_300_000_000L, driver.nowNanos);
        driver.rtp(PATIENT, frame(0xF0, 0, 0, 0, true).bytes());
        driver.advanceMs(3000);
        driver.sent.clear();
        for (int n = 2; n < 300; n += 2) { // every other one is lost
            driver.rtp(PATIENT, frame(0xF0, 0, 0, n, false).bytes());
            driver.advanceMs(66);
        }
        assertThat(driver.messagesTo(PATIENT, Nack.class)).isEmpty();
        List<Long> asked = keyFramesAsked();
        assertThat(asked).hasSizeBetween(4, 6); // in 10 s
        for (int i = 1; i < asked.size(); i++) {
            assertThat(asked.get(i) - asked.get(i - 1)).isGreaterThanOrEqualTo(1_950_000_000L);
        }
        driver.plan(PATIENT, DOCTOR, Speech.film(30));
        driver.sent.clear();
        for (int n = 300; n < 600; n += 2) {
            driver.rtp(PATIENT, frame(0xF0, 0, 0, n, false).bytes());
            driver.advanceMs(66);
        }
        assertThat(keyFramesAsked()).as("rarer on a thin link").hasSizeBetween(2, 3);
    }

    @Test
    void aNackOverALongRoundTripIsAnsweredByAKeyFrame() {
        for (int n = 0; n < 5; n++) {
            driver.rtp(PATIENT, frame(0xF0, 0, 0, n, n == 0).bytes());
        }
        driver.advanceMs(3000);
        driver.call.onRoundTrip(DOCTOR, 1_300_000_000L, driver.nowNanos);
        CallDriver.Sent lost = driver.rtpTo(DOCTOR).get(2);
        int before = driver.rtpTo(DOCTOR).size();
        int asked = keyFramesAsked().size();
        driver.rtcp(DOCTOR, new Nack(1, lost.rtp().ssrc(), List.of(lost.rtp().sequenceNumber())));
        assertThat(driver.rtpTo(DOCTOR)).hasSize(before);
        assertThat(driver.dropped(Drop.NACK_TOO_SLOW)).isEqualTo(1);
        assertThat(keyFramesAsked()).hasSize(asked + 1);
    }

    /** Has both directions and the patient's link be such that the patient's leg gets this mode. */
    private static void mode(CallDriver on, DownlinkMode mode) {
        double kbps = switch (mode) {
            case ALWAYS -> 5000;
            case SPARSE -> 40;
            case NEVER -> 12;
        };
        Rung rung = mode == DownlinkMode.NEVER ? Rung.THIN_VOICE : Rung.VOICE;
        AudioPlan speech = new AudioPlan(12_000, 60, false, false);
        Plan plan = new Plan(new Decision(rung, Reason.PINNED), speech, VideoPlan.OFF, 0);
        on.call.setHint(PATIENT, new LinkHint(kbps, kbps, true, false, false), on.nowNanos);
        on.plan(PATIENT, DOCTOR, plan);
        on.plan(DOCTOR, PATIENT, plan);
        assertThat(on.leg(PATIENT).downlink.thrift()).isEqualTo(mode);
    }

    /** A rung that a fall passed by is not what the link carries: feedback goes only when nothing better has come for long. */
    @Test
    void feedbackStaysWhileTheThinnestVoiceIsNewAndGoesWhenItLasts() {
        Plan thin = new Plan(
                new Decision(Rung.THIN_VOICE, Reason.DOWNLINK_THIN),
                new AudioPlan(6_000, 120, false, true),
                VideoPlan.OFF,
                0);
        driver.call.setHint(PATIENT, new LinkHint(12, 12, true, false, false), driver.nowNanos);
        driver.plan(PATIENT, DOCTOR, thin);
        driver.plan(DOCTOR, PATIENT, thin);
        assertThat(driver.leg(PATIENT).downlink.thrift()).isEqualTo(DownlinkMode.SPARSE);
        bothTalk(driver, 14_000, true);
        assertThat(driver.leg(PATIENT).downlink.thrift()).isEqualTo(DownlinkMode.SPARSE);
        bothTalk(driver, 2_000, true);
        assertThat(driver.leg(PATIENT).downlink.thrift()).isEqualTo(DownlinkMode.NEVER);
    }

    private List<Long> keyFramesAsked() {
        return driver.rtcpTo(PATIENT).stream()
                .filter(one -> one.messages().stream().anyMatch(PictureLossIndication.class::isInstance))
                .map(CallDriver.Sent::atNanos)
                .toList();
    }

    private List<CallDriver.Sent> stamped(LegId leg) {
        int id = leg.equals(PATIENT) ? 3 : 5;
        return driver.rtpTo(leg).stream()
                .filter(one -> one.rtp().extensionIndex(id, 2) >= 0)
                .toList();
    }

    /** 60 ms packets both ways; the patient's are stamped if {@code stamps}. */
    private void bothTalk(CallDriver on, int millis, boolean stamps) {
        for (int n = 0; n < millis / 60; n++) {
            int at = (int) (on.nowNanos / 60_000_000L) & 0x7FFF;
            Packets.Builder patient = voice(1, 111, at);
            if (stamps) {
                patient.stamp(3, stamp++ & 0xFFFF);
            }
            on.rtp(PATIENT, patient.bytes());
            on.rtp(DOCTOR, voice(2, 109, at).bytes());
            if (n == 0) {
                on.rtcp(DOCTOR, new SenderReport(2, NtpTime.ofNanos(THEIR_NANOS), at * 2880, 1, 1, List.of()));
            }
            on.advanceMs(60);
        }
    }

    private static Packets.Builder voice(int ssrc, int type, int at) {
        return packet().type(type)
                .ssrc(ssrc)
                .sequence(at)
                .timestamp(at * 2880)
                .payload((byte) (11 << 3), (byte) 1, (byte) 2, (byte) 3);
    }

    private static double rtcpKbps(CallDriver on, LegId leg, int seconds) {
        return on.rtcpTo(leg).stream()
                        .mapToInt(one -> LinkBytes.ofRtcp(one.length()))
                        .sum()
                * 8.0
                / 1000
                / seconds;
    }
}
