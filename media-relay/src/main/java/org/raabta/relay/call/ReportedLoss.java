package org.raabta.relay.call;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.control.PageReport;
import org.raabta.relay.rtp.ReportBlock;

/**
 * What a receiver says of losses (receiver reports, RFC 3550, section 6.4.1, and its page's own), without what says nothing of
 * its link as it is: what the sender's link lost never left for it and is a gap in the numbers all the same; and it notices only
 * when a stream goes on what it missed of it before a pause, be it thrown away here or dropped by a queue that is long gone.
 */
final class ReportedLoss {
    private static final int MOST_PACKETS = 10_000;

    private final Map<Integer, Stream> streams = new HashMap<>();
    private double lost;
    private double packets;
    private long pageGaps;
    private long openGaps;

    /** One SSRC. */
    private static final class Stream {
        final SentNumbers sent = new SentNumbers();
        /** Extended highest number of the last block. */
        @Nullable
        Integer highest;
        /** With which number it went on after its last pause, until a block knows of that. */
        @Nullable
        Integer resumed;
    }

    private Stream stream(int ssrc) {
        return streams.computeIfAbsent(ssrc, unknown -> new Stream());
    }

    /** A packet leaves for the receiver. */
    void onSent(int ssrc, int sequence) {
        stream(ssrc).sent.add(sequence);
    }

    /** {@code ssrc} goes on after a pause, with this sequence number. */
    void onResumed(int ssrc, int sequence) {
        stream(ssrc).resumed = sequence;
    }

    /** Adds what one block says of the packets since the block before it. */
    void add(ReportBlock block) {
        Stream stream = stream(block.ssrc());
        Integer before = stream.highest;
        stream.highest = block.highestSequence();
        int since = before == null ? 1 : block.highestSequence() - before;
        int expected = Math.max(1, Math.min(MOST_PACKETS, since));
        int recent = Math.min(expected, recent(stream, block.highestSequence()));
        int gaps = stream.sent.gapsAmong(recent, block.highestSequence());
        double missing = expected * block.fractionLost() / 256.0;
        packets += recent - gaps;
        lost += Math.min(recent - gaps, Math.max(0, missing - (expected - recent) - gaps));
    }

    /** Packets since the last pause that a block knows of; all of them if the block before it was later than that. */
    private static int recent(Stream stream, int highest) {
        Integer first = stream.resumed;
        if (first == null) {
            return MOST_PACKETS;
        }
        int recent = (short) (highest - first) + 1;
        if (recent > 0) {
            stream.resumed = null;
        }
        return Math.max(0, recent);
    }

    /** Packets that the blocks since the last {@link #clear} tell of, as far as they left. */
    int packets() {
        return (int) packets;
    }

    int lost() {
        return Math.min((int) packets, (int) Math.round(lost));
    }

    /** The share of them that the link lost; 0 without packets. */
    double share() {
        return packets == 0 ? 0 : Math.min(1, lost / packets);
    }

    void clear() {
        packets = 0;
        lost = 0;
    }

    /**
     * Of what a page missed since its last report, what its own link lost. When a report was made in the page's time nobody
     * knows here, so a gap may be told of one report later.
     *
     * @param audio the SSRCs it speaks of
     */
    int lostOf(PageReport report, Collection<Integer> audio) {
        long gaps = audio.stream().mapToLong(ssrc -> stream(ssrc).sent.gaps()).sum();
        long fresh = Math.max(0, gaps - pageGaps);
        pageGaps = gaps;
        long told = Math.min(report.lost(), openGaps + fresh);
        openGaps = Math.min(fresh, openGaps + fresh - told);
        return (int) (report.lost() - told);
    }
}
