package org.raabta.relay.rtp;

/** Arithmetic of 16-bit sequence numbers that wrap (RFC 3550, appendix A.1; RFC 1982). */
public final class SequenceNumbers {
    private SequenceNumbers() {}

    /** How far {@code sequence} is ahead of {@code reference}, -32768 to 32767. */
    public static int difference(int sequence, int reference) {
        return (short) (sequence - reference);
    }

    /** The number nearest to {@code reference} whose lower 16 bits are {@code sequence}. */
    public static long nearest(int sequence, long reference) {
        return reference + difference(sequence, (int) reference);
    }

    /** The lower 16 bits, as they stand on the wire. */
    public static int wire(long unwrapped) {
        return (int) unwrapped & 0xFFFF;
    }
}
