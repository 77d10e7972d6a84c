package org.raabta.relay.call;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.rtp.NtpTime;
import org.raabta.relay.rtp.ReportBlock;
import org.raabta.relay.rtp.RtpClock;
import org.raabta.relay.rtp.SenderReport;

/**
 * One SSRC under which a receiver hears a sender, whatever sources it is made of: its numbering, and its sender reports.
 * The sender's own relation of wall clock and media clock is carried over, so that audio and video play in step.
 */
final class DownlinkStream {
    /** A sender that has not reported by then is taken to have no reports: the arrival times must do. */
    private static final long REPORT_PATIENCE_NANOS = 5_000_000_000L;

    private final int ssrc;
    private final RtpClock clock;
    private final SequenceRewriter rewriter;
    private long packets;
    private long octets;
    private boolean news;
    private long firstNanos;
    private boolean mapped;
    private long mappedWallNanos;
    private int mappedTimestamp;

    DownlinkStream(int ssrc, RtpClock clock, SequenceRewriter rewriter) {
        this.ssrc = ssrc;
        this.clock = clock;
        this.rewriter = rewriter;
    }

    int ssrc() {
        return ssrc;
    }

    SequenceRewriter rewriter() {
        return rewriter;
    }

    void onSent(int payloadBytes, long nowNanos) {
        firstNanos = packets == 0 ? nowNanos : firstNanos;
        packets++;
        octets += payloadBytes;
        news = true;
    }

    boolean sentWithin(long nanos, long nowNanos) {
        return packets > 0 && nowNanos - rewriter.lastNanos() <= nanos;
    }

    /** A report if anything was sent since the last one and the clocks' relation is known. */
    @Nullable
    SenderReport report(List<ReportBlock> blocks, WallClock wallClock, long nowNanos) {
        if (!news || !map(wallClock, nowNanos)) {
            return null;
        }
        news = false;
        long wallNanos = wallClock.wallNanos(nowNanos);
        int timestamp = mappedTimestamp + (int) clock.ticks(wallNanos - mappedWallNanos);
        return new SenderReport(ssrc, NtpTime.ofNanos(wallNanos), timestamp, (int) packets, (int) octets, blocks);
    }

    /** Takes over the source's relation; a source that has not reported yet goes on with that of the one before. */
    private boolean map(WallClock wallClock, long nowNanos) {
        UplinkStream source = rewriter.source();
        SenderReport theirs = source == null ? null : source.senderReport();
        if (source != null && theirs != null) {
            mapped = true;
            mappedWallNanos = source.ourWallNanos(theirs);
            mappedTimestamp = rewriter.timestamp(theirs.rtpTimestamp());
        } else if (!mapped && nowNanos - firstNanos >= REPORT_PATIENCE_NANOS) {
            mapped = true;
            mappedWallNanos = wallClock.wallNanos(rewriter.lastNanos());
            mappedTimestamp = rewriter.lastTimestamp();
        }
        return mapped;
    }
}
