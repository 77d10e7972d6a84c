package org.raabta.relay.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.raabta.relay.call.CallDriver.DOCTOR;
import static org.raabta.relay.call.CallDriver.GUEST;
import static org.raabta.relay.call.CallDriver.PATIENT;
import static org.raabta.relay.call.CallDriver.media;
import static org.raabta.relay.call.Packets.frame;
import static org.raabta.relay.call.Packets.speech;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.DownlinkSsrcs;
import org.raabta.relay.control.Role;
import org.raabta.relay.rtp.Goodbye;
import org.raabta.relay.rtp.NtpTime;
import org.raabta.relay.rtp.PictureLossIndication;
import org.raabta.relay.rtp.ReceiverEstimate;
import org.raabta.relay.rtp.ReceiverReport;
import org.raabta.relay.rtp.ReportBlock;
import org.raabta.relay.rtp.RtcpMessage;
import org.raabta.relay.rtp.SenderReport;
import org.raabta.relay.rtp.SourceDescription;

class ReportsTest {
    private static final int AUDIO = 0xA0;
    private static final int VIDEO = 0xB0;
    private static final long THEIR_NANOS = 3_900_000_000L * 1_000_000_000L + 123_456_789L;

    private int spoken;
    private int filmed;

    private final CallDriver driver = CallDriver.consultation();

    @Test
    void receptionFiguresAreThoseOfTheRfc() {
        long[] arrivalMs = {0, 20, -1, 65, 80}; // the third is lost, the fourth 5 ms late
        for (int n = 0; n < arrivalMs.length; n++) {
            if (arrivalMs[n] >= 0) {
                driver.advance(1_000_000_000L + arrivalMs[n] * 1_000_000L - driver.nowNanos);
                driver.rtp(PATIENT, speech(AUDIO, 65_534, 1000, n).bytes());
            }
        }
        driver.advanceMs(20);
        long ntp = NtpTime.ofNanos(THEIR_NANOS);
        driver.rtcp(PATIENT, new SenderReport(AUDIO, ntp, 4000, 5, 15, List.of()));
        driver.advanceMs(400);

        List<ReceiverReport> reports = driver.messagesTo(PATIENT, ReceiverReport.class);
        // Jitter, A.8: 0, then 240 - 0, then + 240 - ((240 + 8) >> 4) = 465, over 16 = 29. Lost 1 of 5 = 51/256.
        // Delay since the sender's report: 0.4 s = 26214/65536 s.
        assertThat(reports)
                .containsExactly(new ReceiverReport(
                        DownlinkSsrcs.audio(0),
                        List.of(new ReportBlock(AUDIO, 51, 1, 0x10002, 29, NtpTime.middle(ntp), 26_214))));
        assertThat(leg(0).lossUp()).hasValue(0.2);

        // The next interval is whole again; nothing comes in the one after it, so nothing is said.
        driver.rtp(PATIENT, speech(AUDIO, 65_534, 1000, 5).bytes());
        driver.advanceMs(3000);
        ReportBlock second =
                driver.messagesTo(PATIENT, ReceiverReport.class).get(1).blocks().get(0);
        assertThat(second.fractionLost()).isZero();
        assertThat(second.cumulativeLost()).isEqualTo(1);
        assertThat(leg(0).lossUp()).hasValue(0.0);
        driver.advanceMs(10_000);
        assertThat(driver.messagesTo(PATIENT, ReceiverReport.class)).hasSize(2);
        driver.assertNoLeak();
    }

    @Test
    void reportsAreCompoundAndNameTheSenderOnce() {
        film(100);
        for (int ssrc : new int[] {AUDIO, VIDEO}) {
            driver.rtcp(PATIENT, new SenderReport(ssrc, NtpTime.ofNanos(THEIR_NANOS), 50_000, 1, 3, List.of()));
        }
        film(2000);
        for (CallDriver.Sent datagram : driver.rtcpTo(DOCTOR)) {
            List<RtcpMessage> messages = datagram.messages();
            if (messages.get(0) instanceof SenderReport) {
                SourceDescription names = (SourceDescription) messages.get(messages.size() - 1);
                assertThat(names.chunks())
                        .extracting(SourceDescription.Chunk::cname)
                        .containsOnly("r0");
                assertThat(names.chunks())
                        .extracting(SourceDescription.Chunk::ssrc)
                        .containsExactly(DownlinkSsrcs.audio(0), DownlinkSsrcs.video(0));
            }
        }
        assertThat(driver.messagesTo(DOCTOR, SenderReport.class)).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void senderReportsKeepLipSync() {
        film(1500);
        // The phone's media clocks: at THEIR_NANOS audio stood at 70000, one second later video at 123456.
        driver.rtcp(PATIENT, new SenderReport(AUDIO, NtpTime.ofNanos(THEIR_NANOS), 70_000, 1, 1, List.of()));
        driver.advanceMs(730);
        long videoNtp = NtpTime.ofNanos(THEIR_NANOS + 1_000_000_000L);
        driver.rtcp(PATIENT, new SenderReport(VIDEO, videoNtp, 123_456, 1, 1, List.of()));
        driver.sent.clear();
        film(2000);

        SenderReport audio = lastReport(DownlinkSsrcs.audio(0));
        SenderReport video = lastReport(DownlinkSsrcs.video(0));
        double audioAtZero = wallSeconds(audio, 70_000 + offset(DownlinkSsrcs.audio(0)), 48_000);
        double videoAtOne = wallSeconds(video, 123_456 + offset(DownlinkSsrcs.video(0)), 90_000);
        assertThat(videoAtOne - audioAtZero).isCloseTo(1.0, within(0.0001));
        // Packets and octets since the beginning: 75 + 100 of 3 bytes.
        assertThat(audio.packets()).isBetween(125, 175);
        assertThat(audio.octets()).isEqualTo(3 * audio.packets());
    }

    @Test
    void aSenderWithoutReportsGetsTheArrivalTimesAfterAWhile() {
        talk(4000);
        assertThat(driver.messagesTo(DOCTOR, SenderReport.class)).isEmpty();
        talk(5000);
        SenderReport report = lastReport(DownlinkSsrcs.audio(0));
        CallDriver.Sent last = driver.rtpTo(DOCTOR, DownlinkSsrcs.audio(0)).stream()
                .filter(one -> one.atNanos() <= reportAt(report))
                .reduce((a, b) -> b)
                .orElseThrow();
        int expected = last.rtp().timestamp() + (int) ((reportAt(report) - last.atNanos()) * 48 / 1_000_000);
        assertThat(report.rtpTimestamp()).isCloseTo(expected, within(48));
    }

    @Test
    void theRoundTripComesFromReportsAndFromIce() {
        assertThat(leg(1).rttMs()).isEmpty();
        talk(9000);
        SenderReport ours = lastReport(DownlinkSsrcs.audio(0));
        long sentAt = reportAt(ours);
        driver.advance(sentAt + 250_000_000L > driver.nowNanos ? sentAt + 250_000_000L - driver.nowNanos : 0);
        long elapsed = driver.nowNanos - sentAt;
        int held = NtpTime.shortDuration(elapsed - 150_000_000L);
        driver.rtcp(DOCTOR, receiverReport(NtpTime.middle(ours.ntp()), held, 64));
        assertThat(leg(1).rttMs()).isPresent();
        assertThat(leg(1).rttMs().getAsDouble()).isCloseTo(150, within(0.1));
        assertThat(leg(1).lossDown()).hasValue(0.25);

        driver.call.onRoundTrip(DOCTOR, 190_000_000L, driver.nowNanos);
        assertThat(leg(1).rttMs().getAsDouble()).isCloseTo(160, within(0.1));
        // Nonsense changes nothing: a report of ours that was never sent, and one held longer than it exists.
        driver.rtcp(DOCTOR, receiverReport(0x12345678, 0, 64));
        driver.rtcp(DOCTOR, receiverReport(NtpTime.middle(ours.ntp()), 0x7FFFFFFF, 64));
        assertThat(leg(1).rttMs().getAsDouble()).isCloseTo(160, within(0.1));
    }

    /** The patient's link loses each fifth packet, the doctor's none: what the doctor misses is no fault of the doctor's link. */
    @Test
    void lossesOfTheSendersLinkAreNotTheReceivers() {
        int ssrc = DownlinkSsrcs.audio(0);
        int before = 0;
        for (int second = 0; second < 20; second++) {
            for (int n = 0; n < 50; n++) {
                if (n % 5 != 3) {
                    driver.rtp(PATIENT, speech(AUDIO, 0, 1000, 50 * second + n).bytes());
                }
                driver.advanceMs(20);
            }
            int highest = driver.rtpTo(DOCTOR, ssrc).stream()
                    .mapToInt(one -> one.rtp().sequenceNumber())
                    .max()
                    .orElseThrow();
            int share = before == 0 ? 0 : 51;
            before = highest;
            driver.rtcp(DOCTOR, new ReceiverReport(0x30, List.of(new ReportBlock(ssrc, share, 0, highest, 0, 0, 0))));
        }
        assertThat(leg(0).lossUp().orElseThrow()).isCloseTo(0.2, within(0.05));
        assertThat(leg(1).lossDown().orElseThrow()).isLessThan(0.02);
    }

    @Test
    void withAudioAloneReportsAreRare() {
        reportPatientsClock();
        talk(60_000);
        assertThat(driver.messagesTo(PATIENT, ReceiverReport.class)).hasSizeBetween(20, 21);
        assertThat(driver.messagesTo(DOCTOR, SenderReport.class)).hasSizeBetween(20, 21);
        assertThat(driver.rtcpTo(DOCTOR)).hasSizeBetween(20, 21);
        int bytes = driver.rtcpTo(PATIENT).stream()
                .mapToInt(one -> LinkBytes.ofRtcp(one.length()))
                .sum();
        assertThat(bytes * 8 / 60).as("bits per second, with IP and SRTCP").isLessThan(260);
    }

    @Test
    void withVideoReportsComeEverySecondAndNoFaster() {
        reportPatientsClock();
        film(20_000);
        assertThat(driver.messagesTo(PATIENT, ReceiverReport.class)).hasSizeBetween(19, 21);
        assertThat(driver.rtcpTo(PATIENT)).hasSizeBetween(19, 22);
        assertThat(driver.deadlines).as("no busy loop of deadlines").isLessThan(20_000 / 50);
    }

    @Test
    void nothingIsSentToALegThatIsNotConnected() {
        driver.call.setConnected(PATIENT, false, driver.nowNanos);
        talk(5000);
        driver.rtcp(DOCTOR, new PictureLossIndication(1, DownlinkSsrcs.video(0)));
        driver.advanceMs(2000);
        assertThat(driver.rtcpTo(PATIENT)).isEmpty();
    }

    @Test
    void aStreamThatSaidGoodbyeGivesWayAtOnce() {
        driver.rtp(PATIENT, speech(AUDIO, 0, 0, 0).bytes());
        driver.rtp(PATIENT, speech(0xCC, 0, 0, 0).bytes());
        driver.rtp(PATIENT, speech(AUDIO, 0, 0, 1).bytes());
        assertThat(driver.dropped(Drop.SUPERSEDED_STREAM)).isEqualTo(1);
        driver.rtcp(PATIENT, new Goodbye(List.of(0xCC)));
        driver.rtp(PATIENT, speech(AUDIO, 0, 0, 2).bytes());
        assertThat(driver.rtpTo(DOCTOR)).hasSize(3);
    }

    @Test
    void aSenderHearsWhatItsPlansAllow() {
        plan(300);
        film(100);
        assertThat(estimates()).containsExactly(rembOf(300));
        plan(200);
        plan(180);
        driver.advanceMs(500);
        assertThat(estimates()).as("at most once per second").hasSize(1);
        driver.advanceMs(600);
        assertThat(estimates()).containsExactly(rembOf(300), rembOf(180));
        driver.advanceMs(5000);
        assertThat(estimates()).hasSize(2);
        driver.join(GUEST, Role.GUEST, media(100, -1, 101, -1, -1));
        driver.plan(PATIENT, GUEST, Speech.film(120));
        driver.advanceMs(1000);
        assertThat(estimates()).as("the best of its receivers").last().isEqualTo(rembOf(180));
        driver.call.removeLeg(DOCTOR, driver.nowNanos);
        driver.advanceMs(1000);
        assertThat(estimates()).last().isEqualTo(rembOf(120));
        driver.plan(PATIENT, GUEST, Speech.plan(20, false));
        driver.advanceMs(1000);
        assertThat(estimates()).last().satisfies(remb -> assertThat(remb).isGreaterThan(9_900_000L));
    }

    private void plan(double kbps) {
        driver.plan(PATIENT, DOCTOR, Speech.film(kbps));
    }

    /** What REMB can say of a plan's pictures and speech: its mantissa has 18 bits. */
    private static long rembOf(double kbps) {
        long bits = Math.round((kbps + Speech.film(kbps).audio().wireKbps()) * 1000);
        int shift = Math.max(0, 46 - Long.numberOfLeadingZeros(bits));
        return bits >> shift << shift;
    }

    @Test
    void ratesAreLinkBitsOfTheLastTwoSeconds() {
        assertThat(leg(0).uplinkKbps()).isEmpty();
        assertThat(driver.call.snapshot(driver.nowNanos).directions().get(0).kbps())
                .isEmpty();
        // 100 packets in the last 2 s: 12 + 3 + 10 + 28 bytes up; stamped, eight more, down.
        talk(5000);
        CallSnapshot snapshot = driver.call.snapshot(driver.nowNanos);
        assertThat(snapshot.legs().get(0).id()).isEqualTo(PATIENT);
        assertThat(snapshot.legs().get(0).uplinkKbps().getAsDouble()).isCloseTo(53 * 50 * 8 / 1000.0, within(1.1));
        assertThat(snapshot.directions().get(0).kbps().getAsDouble()).isCloseTo(61 * 50 * 8 / 1000.0, within(1.3));
        assertThat(snapshot.directions().get(1).kbps())
                .as("the doctor was silent")
                .isEmpty();
        assertThat(snapshot.legs().get(1).connected()).isTrue();
        driver.advanceMs(2100);
        assertThat(leg(0).uplinkKbps()).hasValue(0.0);
    }

    private void talk(int millis) {
        for (int i = 0; i < millis / 20; i++) {
            driver.rtp(PATIENT, speech(AUDIO, 100, 50_000, spoken++).bytes());
            driver.advanceMs(20);
        }
    }

    private void film(int millis) {
        for (int i = 0; i < millis / 20; i++) {
            driver.rtp(PATIENT, speech(AUDIO, 100, 50_000, spoken++).bytes());
            if (i % 3 == 0) {
                driver.rtp(
                        PATIENT, frame(VIDEO, 100, 50_000, filmed, filmed == 0).bytes());
                filmed++;
            }
            driver.advanceMs(20);
        }
    }

    private void reportPatientsClock() {
        driver.rtp(PATIENT, speech(AUDIO, 100, 50_000, spoken++).bytes());
        driver.rtcp(PATIENT, new SenderReport(AUDIO, NtpTime.ofNanos(THEIR_NANOS), 50_000, 1, 3, List.of()));
    }

    private CallSnapshot.LegSnapshot leg(int index) {
        return driver.call.snapshot(driver.nowNanos).legs().get(index);
    }

    private SenderReport lastReport(int ssrc) {
        return driver.messagesTo(DOCTOR, SenderReport.class).stream()
                .filter(report -> report.ssrc() == ssrc)
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    private long reportAt(SenderReport report) {
        return driver.rtcpTo(DOCTOR).stream()
                .filter(one -> one.messages().contains(report))
                .findFirst()
                .orElseThrow()
                .atNanos();
    }

    /** How far the doctor's timestamps are from the patient's, from the last packet forwarded. */
    private int offset(int ssrc) {
        CallDriver.Sent last =
                driver.rtpTo(DOCTOR, ssrc).stream().reduce((a, b) -> b).orElseThrow();
        int theirs = ssrc == DownlinkSsrcs.audio(0) ? 50_000 + 960 * (spoken - 1) : 50_000 + 6000 * (filmed - 1);
        return last.rtp().timestamp() - theirs;
    }

    /** When, on our wall clock, the report says that its stream stood at {@code timestamp}. */
    private static double wallSeconds(SenderReport report, int timestamp, int hertz) {
        long origin = 3_976_214_400L * 1_000_000_000L;
        return (NtpTime.toNanos(report.ntp()) - origin) / 1e9 - (double) (report.rtpTimestamp() - timestamp) / hertz;
    }

    private static ReceiverReport receiverReport(int lastReport, int held, int fractionLost) {
        return new ReceiverReport(
                1, List.of(new ReportBlock(DownlinkSsrcs.audio(0), fractionLost, 1, 10, 0, lastReport, held)));
    }

    private List<Long> estimates() {
        return driver.messagesTo(PATIENT, ReceiverEstimate.class).stream()
                .map(ReceiverEstimate::bitsPerSecond)
                .toList();
    }
}
