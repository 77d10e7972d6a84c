package org.raabta.relay.call;

import java.util.HashMap;
import java.util.Map;
import org.raabta.relay.rtp.ReportBlock;

/**
 * What receiver reports (RFC 3550, section 6.4.1) say of losses on the way, without what only looks like one: a packet that got a
 * number and was thrown away before it was sent is missing to the receiver, and says nothing of the link.
 */
final class ReportedLoss {
    private static final int MOST_PACKETS = 10_000;

    private final Map<Integer, Integer> highest = new HashMap<>();
    private final Map<Integer, Integer> neverSent = new HashMap<>();
    private double lost;
    private double packets;

    /** A numbered packet of {@code ssrc} will never be sent. */
    void onNeverSent(int ssrc) {
        neverSent.merge(ssrc, 1, Integer::sum);
    }

    /** Adds what one block says of the packets since the block before it. */
    void add(ReportBlock block) {
        Integer before = highest.put(block.ssrc(), block.highestSequence());
        int since = before == null ? 1 : block.highestSequence() - before;
        int expected = Math.max(1, Math.min(MOST_PACKETS, since));
        double missing = expected * block.fractionLost() / 256.0;
        int ours = Math.min(neverSent.getOrDefault(block.ssrc(), 0), (int) Math.round(missing));
        if (ours > 0) {
            neverSent.merge(block.ssrc(), -ours, (left, less) -> left + less == 0 ? null : left + less);
        }
        packets += expected - ours;
        lost += Math.max(0, missing - ours);
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
