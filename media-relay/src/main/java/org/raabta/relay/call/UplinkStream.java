package org.raabta.relay.call;

import org.jspecify.annotations.Nullable;
import org.raabta.relay.rtp.NtpTime;
import org.raabta.relay.rtp.ReportBlock;
import org.raabta.relay.rtp.SenderReport;
import org.raabta.relay.rtp.SequenceNumbers;
import org.raabta.relay.rtp.SequenceUnwrapper;

/** One SSRC of a leg, as long as its sequence numbers go on: a sender that starts anew is a new object. */
final class UplinkStream {
    /** RFC 3550, appendix A.1, MAX_DROPOUT: a longer jump, either way, is a restart. */
    private static final int MAX_JUMP = 3000;

    private final int ssrc;
    private final StreamKind kind;
    private final SenderClock clock;
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private final ReceiveStatistics statistics;
    private final SeenPackets seen = new SeenPackets();
    private final MissingPackets missing = new MissingPackets();
    private final StaleAudio stale = new StaleAudio();
    private long lastArrivalNanos;
    private @Nullable SenderReport senderReport;
    private long senderReportNanos;

    /** @param clock the sender's, shared by all its streams */
    UplinkStream(int ssrc, StreamKind kind, SenderClock clock, long nowNanos) {
        this.ssrc = ssrc;
        this.kind = kind;
        this.clock = clock;
        this.statistics = new ReceiveStatistics(kind.clock());
        this.lastArrivalNanos = nowNanos;
    }

    int ssrc() {
        return ssrc;
    }

    StreamKind kind() {
        return kind;
    }

    ReceiveStatistics statistics() {
        return statistics;
    }

    SeenPackets seen() {
        return seen;
    }

    MissingPackets missing() {
        return missing;
    }

    /** Whether {@code sequence} can be of this stream; if not, the sender has started anew under the same SSRC. */
    boolean continues(int sequence) {
        return !seen.started()
                || Math.abs(SequenceNumbers.difference(sequence, SequenceNumbers.wire(seen.highest()))) <= MAX_JUMP;
    }

    long unwrap(int sequence) {
        return unwrapper.unwrap(sequence);
    }

    /** Whether speech that came now is still worth playing; {@code sequence} has been seen. */
    boolean keeps(long sequence, int timestamp, long nowNanos) {
        return sequence != seen.highest() || stale.keep(timestamp, nowNanos);
    }

    void arrived(long nowNanos) {
        lastArrivalNanos = nowNanos;
    }

    long lastArrivalNanos() {
        return lastArrivalNanos;
    }

    void onSenderReport(SenderReport report, long nowNanos) {
        senderReport = report;
        senderReportNanos = nowNanos;
    }

    /** The sender's last report of this stream: how its media clock relates to its wall clock. */
    @Nullable
    SenderReport senderReport() {
        return senderReport;
    }

    /** The instant of {@code report} on our wall clock. */
    long ourWallNanos(SenderReport report) {
        return clock.toOurs(NtpTime.toNanos(report.ntp()));
    }

    /** Closes the interval since the last report to the sender. */
    ReportBlock report(long nowNanos) {
        if (senderReport == null) {
            return statistics.report(ssrc, 0, 0);
        }
        return statistics.report(
                ssrc, NtpTime.middle(senderReport.ntp()), NtpTime.shortDuration(nowNanos - senderReportNanos));
    }
}
