package org.raabta.bench.sim.model;

import org.raabta.relay.rtp.NtpTime;
import org.raabta.relay.rtp.ReportBlock;
import org.raabta.relay.rtp.SequenceUnwrapper;

/** What a browser reports of one stream that it receives (RFC 3550, appendix A.3). */
final class Reception {
    private final int ssrc;
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private boolean started;
    private long first;
    private long highest;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private int lastReport;
    private long lastReportNanos;

    Reception(int ssrc) {
        this.ssrc = ssrc;
    }

    void onPacket(int sequenceNumber) {
        long sequence = unwrapper.unwrap(sequenceNumber);
        if (!started) {
            started = true;
            first = sequence;
            highest = sequence;
        }
        highest = Math.max(highest, sequence);
        received++;
    }

    void onSenderReport(long ntp, long nowNanos) {
        lastReport = NtpTime.middle(ntp);
        lastReportNanos = nowNanos;
    }

    long received() {
        return received;
    }

    long lost() {
        return started ? Math.max(0, highest - first + 1 - received) : 0;
    }

    /** Whether anything came since the last block. */
    boolean news() {
        return received != receivedBefore;
    }

    /** Closes the interval since the last one. */
    ReportBlock block(long nowNanos) {
        long expected = highest - first + 1;
        long expectedNow = expected - expectedBefore;
        long lostNow = Math.max(0, expectedNow - (received - receivedBefore));
        expectedBefore = expected;
        receivedBefore = received;
        return new ReportBlock(
                ssrc,
                expectedNow <= 0 ? 0 : (int) Math.min(255, lostNow * 256 / expectedNow),
                (int) Math.max(0, expected - received),
                (int) highest,
                0,
                lastReport,
                lastReport == 0 ? 0 : NtpTime.shortDuration(nowNanos - lastReportNanos));
    }
}
