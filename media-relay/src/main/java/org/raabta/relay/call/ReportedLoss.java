package org.raabta.relay.call;

import java.util.HashMap;
import java.util.Map;
import org.raabta.relay.rtp.ReportBlock;

/**
 * What receiver reports (RFC 3550, section 6.4.1) say of losses on the way, without what says nothing of the link as it is: a
 * receiver notices only when a stream goes on what it missed of it before a pause, be it thrown away here or dropped by a queue that is
 * long gone.
 */
final class ReportedLoss {
    private static final int MOST_PACKETS = 10_000;

    private final Map<Integer, Integer> highest = new HashMap<>();
    private final Map<Integer, Integer> resumed = new HashMap<>();
    private double lost;
    private double packets;

    /** {@code ssrc} goes on after a pause, with this sequence number. */
    void onResumed(int ssrc, int sequence) {
        resumed.put(ssrc, sequence);
    }

    /** Adds what one block says of the packets since the block before it. */
    void add(ReportBlock block) {
        Integer before = highest.put(block.ssrc(), block.highestSequence());
        int since = before == null ? 1 : block.highestSequence() - before;
        int expected = Math.max(1, Math.min(MOST_PACKETS, since));
        int recent = Math.min(expected, recent(block));
        double missing = expected * block.fractionLost() / 256.0;
        packets += recent;
        lost += Math.min(recent, Math.max(0, missing - (expected - recent)));
    }

    /** Packets since the last pause that the block knows of; all of them if the block before it was later than that. */
    private int recent(ReportBlock block) {
        Integer first = resumed.get(block.ssrc());
        if (first == null) {
            return MOST_PACKETS;
        }
        int recent = (short) (block.highestSequence() - first) + 1;
        if (recent > 0) {
            resumed.remove(block.ssrc());
        }
        return Math.max(0, recent);
    }

    /** Packets that the blocks since the last {@link #clear} tell of. */
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
}
