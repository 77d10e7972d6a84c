package org.raabta.relay.call;

import java.util.ArrayList;
import java.util.List;
import org.raabta.relay.control.DownlinkSsrcs;
import org.raabta.relay.rtp.ReceiverEstimate;
import org.raabta.relay.rtp.ReceiverReport;
import org.raabta.relay.rtp.ReportBlock;
import org.raabta.relay.rtp.RtcpMessage;
import org.raabta.relay.rtp.SenderReport;
import org.raabta.relay.rtp.SourceDescription;

/**
 * When RTCP goes to one leg, and what: reports with SDES in compound packets (RFC 3550), everything else alone (RFC 5506)
 * or beside a report that is due anyway. Every interval is as long as its use allows: reports are a third of a small video.
 */
final class RtcpSchedule {
    private static final long FIRST_REPORT_NANOS = 500_000_000L;
    private static final long VIDEO_REPORT_NANOS = 1_000_000_000L;
    private static final long AUDIO_REPORT_NANOS = 3_000_000_000L;
    private static final long SPARSE_REPORT_NANOS = 4_000_000_000L;
    private static final long THIN_REPORT_NANOS = 5_000_000_000L;

    /** On thin links names are said anew this often; reports between go without (RFC 5506, section 3.4.2). */
    private static final long NAMES_NANOS = 30_000_000_000L;

    private static final long VIDEO_FEEDBACK_NANOS = 250_000_000L;
    private static final long AUDIO_FEEDBACK_NANOS = 500_000_000L;
    /** Never 2 s and more: browsers' detectors start anew then. */
    private static final long THIN_FEEDBACK_NANOS = 1_000_000_000L;

    private static final double THIN_KBPS = 40;
    /** Where the browsers' own estimators work as they were made to. */
    private static final double WIDE_KBPS = 120;
    /** Video counts as flowing this long after its last packet. */
    private static final long VIDEO_MEMORY_NANOS = 2_000_000_000L;

    private final Uplink uplink;
    private final Downlink downlink;
    private final RoundTrip roundTrip;
    private final EstimateRelay estimates;
    private final WallClock wallClock;
    private long reportBaseNanos;
    private boolean reported;
    private boolean named;
    private long namedNanos;
    private long feedbackNanos;
    private long uplinkLost;
    private long uplinkExpected;

    RtcpSchedule(Leg leg, WallClock wallClock, long nowNanos) {
        this.uplink = leg.uplink;
        this.downlink = leg.downlink;
        this.roundTrip = leg.roundTrip;
        this.estimates = leg.estimates;
        this.wallClock = wallClock;
        this.reportBaseNanos = nowNanos;
        this.feedbackNanos = nowNanos;
    }

    /** The leg's transport is up: the first report comes soon, for the round trip's sake. */
    void restart(long nowNanos) {
        reported = false;
        named = false;
        reportBaseNanos = nowNanos;
    }

    long nextDeadlineNanos(long nowNanos) {
        if (!downlink.connected() || downlink.media() == null) {
            return Deadlines.NONE;
        }
        long next = reportDeadlineNanos(nowNanos);
        next = Deadlines.earlier(next, feedbackDeadlineNanos(nowNanos));
        next = Deadlines.earlier(next, uplink.nextRepairNanos(nowNanos, roundTrip.nanos()));
        return uplink.video() == null ? next : Deadlines.earlier(next, estimates.nextDeadlineNanos(nowNanos));
    }

    /** Sends what is due. */
    void run(long nowNanos) {
        if (!downlink.connected() || downlink.media() == null) {
            return;
        }
        List<RtcpMessage> messages = new ArrayList<>(4);
        if (Deadlines.due(reportDeadlineNanos(nowNanos), nowNanos)) {
            collectReports(nowNanos, messages);
            reportBaseNanos = nowNanos;
            reported |= !messages.isEmpty();
        }
        uplink.collectRepairs(nowNanos, roundTrip.nanos(), messages);
        UplinkStream video = uplink.video();
        if (video != null && estimates.takeDue(nowNanos)) {
            messages.add(
                    new ReceiverEstimate(DownlinkSsrcs.audio(0), estimates.bitsPerSecond(), List.of(video.ssrc())));
        }
        if (Deadlines.due(feedbackDeadlineNanos(nowNanos), nowNanos)) {
            uplink.collectFeedback(messages);
            feedbackNanos = nowNanos;
        }
        if (downlink.thrift() == DownlinkMode.NEVER) {
            uplink.skipFeedback();
        }
        downlink.sendRtcp(messages, nowNanos);
    }

    private long reportDeadlineNanos(long nowNanos) {
        if (!reported) {
            return reportBaseNanos + FIRST_REPORT_NANOS;
        }
        if (withVideo(nowNanos)) {
            return reportBaseNanos + VIDEO_REPORT_NANOS;
        }
        return reportBaseNanos
                + switch (downlink.thrift()) {
                    case ALWAYS -> AUDIO_REPORT_NANOS;
                    case SPARSE -> SPARSE_REPORT_NANOS;
                    case NEVER -> THIN_REPORT_NANOS;
                };
    }

    private long feedbackDeadlineNanos(long nowNanos) {
        if (!uplink.feedbackPending() || downlink.thrift() == DownlinkMode.NEVER) {
            return Deadlines.NONE;
        }
        double kbps = uplink.rate().kbps(nowNanos).orElse(0);
        if (uplink.videoWithin(VIDEO_MEMORY_NANOS, nowNanos) && kbps >= WIDE_KBPS) {
            return feedbackNanos + VIDEO_FEEDBACK_NANOS;
        }
        return feedbackNanos + (kbps < THIN_KBPS ? THIN_FEEDBACK_NANOS : AUDIO_FEEDBACK_NANOS);
    }

    private boolean withVideo(long nowNanos) {
        return uplink.videoWithin(VIDEO_MEMORY_NANOS, nowNanos) || downlink.videoWithin(VIDEO_MEMORY_NANOS, nowNanos);
    }

    private void collectReports(long nowNanos, List<RtcpMessage> messages) {
        List<ReportBlock> blocks = receptionBlocks(nowNanos);
        List<SourceDescription.Chunk> chunks = new ArrayList<>(2);
        for (Forwarder forwarder : downlink.forwarders()) {
            for (DownlinkStream stream : forwarder.streams()) {
                SenderReport report = stream.report(messages.isEmpty() ? blocks : List.of(), wallClock, nowNanos);
                if (report != null) {
                    messages.add(report);
                    chunks.add(new SourceDescription.Chunk(stream.ssrc(), forwarder.cname()));
                }
            }
        }
        if (messages.isEmpty() && !blocks.isEmpty()) {
            messages.add(new ReceiverReport(DownlinkSsrcs.audio(0), blocks));
            chunks.add(new SourceDescription.Chunk(DownlinkSsrcs.audio(0), "r0"));
        }
        boolean thrifty = downlink.thrift() != DownlinkMode.ALWAYS && !withVideo(nowNanos);
        if (!chunks.isEmpty() && (!named || !thrifty || nowNanos - namedNanos >= NAMES_NANOS)) {
            named = true;
            namedNanos = nowNanos;
            messages.add(new SourceDescription(chunks));
        }
    }

    private List<ReportBlock> receptionBlocks(long nowNanos) {
        List<ReportBlock> blocks = new ArrayList<>(2);
        long lost = 0;
        long expected = 0;
        for (UplinkStream stream : uplink.reportable()) {
            blocks.add(stream.report(nowNanos));
            lost += stream.statistics().lostInterval();
            expected += stream.statistics().expectedInterval();
        }
        if (!blocks.isEmpty()) {
            uplinkLost = lost;
            uplinkExpected = expected;
        }
        return blocks;
    }

    /** Packets that the last report to the leg expected of it; zero before the first. */
    long uplinkExpected() {
        return uplinkExpected;
    }

    /** Of those, how many were lost. */
    long uplinkLost() {
        return uplinkLost;
    }
}
