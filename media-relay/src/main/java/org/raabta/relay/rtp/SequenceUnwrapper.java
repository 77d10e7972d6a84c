package org.raabta.relay.rtp;

/** Turns 16-bit sequence numbers into ones that do not wrap. Starts at the first number it sees. */
public final class SequenceUnwrapper {
    private boolean started;
    private long highest;

    /** The unwrapped number nearest to the highest one so far; older ones than the first may be negative. */
    public long unwrap(int sequence) {
        if (!started) {
            started = true;
            highest = sequence;
            return highest;
        }
        long unwrapped = SequenceNumbers.nearest(sequence, highest);
        highest = Math.max(highest, unwrapped);
        return unwrapped;
    }
}
