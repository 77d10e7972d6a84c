package org.raabta.relay.call;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.rtp.SequenceNumbers;
import org.raabta.relay.rtp.TransportFeedback;

/** The packets we stamped for one receiver, and what its feedback says of them. */
final class SentPackets {
    private static final int WINDOW = 2048;
    private static final long NO_PACKET = Long.MIN_VALUE;

    private final long[] sequences = new long[WINDOW];
    private final long[] sentNanos = new long[WINDOW];
    private final int[] linkBytes = new int[WINDOW];
    /** Everything that had gone to the leg with this packet. */
    private final long[] sentSoFar = new long[WINDOW];
    /** Whether the receiver has called it lost. */
    private final boolean[] calledLost = new boolean[WINDOW];

    private final DownlinkSense sense;
    private final RateMeter acked = new RateMeter();
    private long next;
    private long referenceTicks;
    private @Nullable TransportFigures figures;

    /** @param sense is told what arrived and what did not */
    SentPackets(DownlinkSense sense) {
        this.sense = sense;
        Arrays.fill(sequences, NO_PACKET);
    }

    /** The next stamp. */
    int nextStamp() {
        return SequenceNumbers.wire(next);
    }

    /** The packet with {@link #nextStamp} goes out now. */
    void onSent(int bytes, long soFar, long nowNanos) {
        int cell = cell(next);
        sequences[cell] = next++;
        sentNanos[cell] = nowNanos;
        linkBytes[cell] = bytes;
        sentSoFar[cell] = soFar;
        calledLost[cell] = false;
    }

    void onFeedback(TransportFeedback feedback, long nowNanos) {
        long base = SequenceNumbers.nearest(feedback.baseSequence(), next);
        long ackedBytes = 0;
        int lost = 0;
        int reported = 0;
        long arrivalTicks = 0;
        long firstSent = 0;
        long firstArrival = 0;
        long trendNanos = 0;
        referenceTicks += (int) (feedback.referenceTicks() - referenceTicks); // wraps at 2^32
        boolean any = false;
        for (int i = 0; i < feedback.packets(); i++) {
            if (feedback.received(i)) {
                arrivalTicks += feedback.delta(i);
            }
            int cell = cell(base + i);
            if (sequences[cell] != base + i) {
                continue; // not ours, too old, or spoken of before
            }
            reported++;
            if (!feedback.received(i)) {
                lost++; // may still be confirmed by a later message
                callLost(cell, true);
                continue;
            }
            callLost(cell, false);
            sequences[cell] = NO_PACKET;
            sense.onArrived(
                    sentNanos[cell],
                    (referenceTicks + arrivalTicks) * TransportFeedback.TICK_NANOS,
                    sentSoFar[cell],
                    nowNanos);
            ackedBytes += linkBytes[cell];
            if (!any) {
                any = true;
                firstSent = sentNanos[cell];
                firstArrival = arrivalTicks;
            }
            trendNanos = (arrivalTicks - firstArrival) * TransportFeedback.TICK_NANOS - (sentNanos[cell] - firstSent);
        }
        if (reported > 0) {
            acked.add((int) ackedBytes, nowNanos);
            figures = new TransportFigures(ackedBytes, lost, reported, trendNanos / 1e6);
        }
    }

    private void callLost(int cell, boolean lost) {
        if (calledLost[cell] != lost) {
            calledLost[cell] = lost;
            sense.onLostBytes(lost ? linkBytes[cell] : -linkBytes[cell]);
        }
    }

    /** Of the last feedback, or null before the first. */
    @Nullable
    TransportFigures figures() {
        return figures;
    }

    /** Link bits confirmed over the last 2 s. */
    OptionalDouble ackedKbps(long nowNanos) {
        return acked.kbps(nowNanos);
    }

    private static int cell(long sequence) {
        return Math.floorMod(sequence, WINDOW);
    }
}
