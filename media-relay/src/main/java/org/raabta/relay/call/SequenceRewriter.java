package org.raabta.relay.call;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.rtp.RtpClock;

/**
 * Makes one continuous stream for a receiver out of a sender's sources: numbers go on without a gap where we left packets
 * out or the source changed, and keep their gaps where the network lost some (so that the receiver can ask or conceal);
 * timestamps advance by the time that passed.
 */
final class SequenceRewriter {
    private static final int MAX_SEGMENTS = 32;

    private final RtpClock clock;
    /** Least distance between the last packet of a source and the first of the next one, in ticks. */
    private final int leastStep;

    /** Of the current source only, newest first. */
    private final ArrayDeque<Segment> segments = new ArrayDeque<>();

    private @Nullable UplinkStream source;
    private boolean interrupted;
    private boolean started;
    private long highestIn;
    private long highestOut;
    private int timestampDelta;
    private int lastTimestamp;
    private long lastNanos;

    /** @param firstSequence the first number a receiver sees; below 2^15, so that SRTP's rollover counter is not guessed wrong (RFC 3711, section 3.3.1) */
    SequenceRewriter(RtpClock clock, int leastStep, int firstSequence, int firstTimestamp) {
        this.clock = clock;
        this.leastStep = leastStep;
        this.highestOut = firstSequence - 1L;
        this.lastTimestamp = firstTimestamp;
    }

    /** Whether packets of {@code stream} just go on; if not, the next one opens a new segment. */
    boolean follows(UplinkStream stream) {
        return source == stream && !interrupted;
    }

    @Nullable
    UplinkStream source() {
        return source;
    }

    /** Packets are left out from here on; the next one forwarded follows the last one at once. */
    void interrupt() {
        interrupted = true;
    }

    /** What comes next is a new source, even if it is of the same stream: its clock was set. */
    void restart() {
        source = null;
    }

    /** The segment of a packet to be forwarded, opened here if need be; null if its number cannot be placed any more. */
    @Nullable
    Segment place(UplinkStream stream, long sequence, int timestamp, long nowNanos) {
        if (source != stream) {
            open(stream, sequence, timestamp, nowNanos);
        } else if (interrupted && sequence > highestIn) {
            closeNewest(highestIn + 1);
            push(new Segment(sequence, highestOut + 1 - sequence));
        }
        Segment segment = find(sequence);
        if (segment != null && sequence > highestIn) {
            interrupted = false;
            started = true;
            highestIn = sequence;
            highestOut = sequence + segment.sequenceDelta;
            lastTimestamp = timestamp + timestampDelta;
            lastNanos = nowNanos;
        }
        return segment;
    }

    private void open(UplinkStream stream, long sequence, int timestamp, long nowNanos) {
        long step = started ? Math.max(leastStep, clock.ticks(nowNanos - lastNanos)) : 0;
        timestampDelta = lastTimestamp + (int) step - timestamp;
        source = stream;
        segments.clear();
        push(new Segment(sequence, highestOut + 1 - sequence));
        highestIn = sequence - 1;
    }

    /** A packet of the current source is left out for good: later ones move up. */
    void skip(UplinkStream stream, long sequence) {
        if (!follows(stream) || sequence <= highestIn) {
            return;
        }
        Segment last = segments.getFirst();
        closeNewest(sequence);
        Segment next = new Segment(sequence + 1, last.sequenceDelta - 1);
        next.pictureIdDelta = last.pictureIdDelta;
        next.tl0Delta = last.tl0Delta;
        push(next);
        highestIn = sequence;
        highestOut = sequence - 1 + last.sequenceDelta;
    }

    private void closeNewest(long end) {
        Segment newest = segments.getFirst();
        if (end <= newest.start) {
            segments.removeFirst();
        } else {
            newest.end = end;
        }
    }

    private void push(Segment segment) {
        segments.addFirst(segment);
        if (segments.size() > MAX_SEGMENTS) {
            segments.removeLast();
        }
    }

    private @Nullable Segment find(long sequence) {
        Segment newest = segments.peekFirst();
        if (newest != null && newest.holds(sequence)) {
            return newest;
        }
        for (Iterator<Segment> older = segments.iterator(); older.hasNext(); ) {
            Segment segment = older.next();
            if (segment.holds(sequence)) {
                return segment;
            }
        }
        return null;
    }

    /** A timestamp of the current source as the receiver sees it. */
    int timestamp(int sourceTimestamp) {
        return sourceTimestamp + timestampDelta;
    }

    /** Whether {@code sequence} is the newest of the source so far. */
    boolean newest(long sequence) {
        return sequence == highestIn;
    }

    /** The newest number of the source so far; of no meaning without one. */
    long highestIn() {
        return highestIn;
    }

    /** Highest number sent to the receiver. */
    long highestOut() {
        return highestOut;
    }

    /** The receiver's timestamp of the packet sent last, and when that was. */
    int lastTimestamp() {
        return lastTimestamp;
    }

    long lastNanos() {
        return lastNanos;
    }
}
