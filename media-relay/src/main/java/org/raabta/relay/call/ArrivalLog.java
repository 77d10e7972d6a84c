package org.raabta.relay.call;

import java.util.Arrays;
import java.util.List;
import org.raabta.relay.rtp.RtcpMessage;
import org.raabta.relay.rtp.SequenceUnwrapper;
import org.raabta.relay.rtp.TransportFeedback;

/**
 * When packets with a transport-wide sequence number came, and the feedback made of it. A packet that comes after its
 * number was reported as missing is reported again, with all that follow it.
 */
final class ArrivalLog {
    static final int WINDOW = 2048;

    /** Keeps a message of two-byte deltas under 1000 bytes. */
    private static final int MAX_ARRIVALS_PER_MESSAGE = 400;

    private static final long NOT_RECEIVED = Long.MIN_VALUE;

    private final long originNanos;
    private final long[] arrivalTicks = new long[WINDOW];
    private SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private boolean started;
    private boolean pending;
    private long base;
    private long highest;
    private int feedbackCount;

    /** @param originNanos an instant before any arrival; arrival times are counted from it */
    ArrivalLog(long originNanos) {
        this.originNanos = originNanos;
    }

    /** The next packet may carry any number: the far end has a new transport. */
    void reset() {
        started = false;
        pending = false;
        unwrapper = new SequenceUnwrapper();
    }

    void record(int transportSequence, long nowNanos) {
        long sequence = unwrapper.unwrap(transportSequence);
        if (!started || Math.abs(sequence - highest) >= WINDOW) {
            // The first one, or a far end that counts anew.
            Arrays.fill(arrivalTicks, NOT_RECEIVED);
            unwrapper = new SequenceUnwrapper();
            sequence = unwrapper.unwrap(transportSequence);
            base = sequence;
            highest = sequence;
            started = true;
        }
        while (highest < sequence) {
            highest++;
            arrivalTicks[cell(highest)] = NOT_RECEIVED;
        }
        base = Math.max(Math.min(base, sequence), highest - WINDOW + 1);
        if (arrivalTicks[cell(sequence)] == NOT_RECEIVED) {
            arrivalTicks[cell(sequence)] = (nowNanos - originNanos) / TransportFeedback.TICK_NANOS;
            pending = true;
        }
    }

    /** Whether there are arrivals to report. */
    boolean pending() {
        return pending;
    }

    /** What has come so far is not to be reported. */
    void skip() {
        base = highest + 1;
        pending = false;
    }

    /** Appends messages that speak of everything since the last time. */
    void collect(int senderSsrc, int mediaSsrc, List<RtcpMessage> messages) {
        if (!pending) {
            return;
        }
        TransportFeedback.Builder builder = new TransportFeedback.Builder(base);
        int arrivals = 0;
        for (long sequence = base; sequence <= highest; sequence++) {
            long ticks = arrivalTicks[cell(sequence)];
            if (ticks == NOT_RECEIVED) {
                continue;
            }
            if (arrivals == MAX_ARRIVALS_PER_MESSAGE || !builder.add(sequence, ticks)) {
                messages.add(builder.build(senderSsrc, mediaSsrc, feedbackCount++));
                builder = new TransportFeedback.Builder(sequence);
                builder.add(sequence, ticks);
                arrivals = 0;
            }
            arrivals++;
        }
        if (arrivals > 0) {
            messages.add(builder.build(senderSsrc, mediaSsrc, feedbackCount++));
        }
        base = highest + 1;
        pending = false;
    }

    private static int cell(long sequence) {
        return Math.floorMod(sequence, WINDOW);
    }
}
