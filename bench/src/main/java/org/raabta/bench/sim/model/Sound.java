package org.raabta.bench.sim.model;

import io.netty.buffer.ByteBuf;

/**
 * What a frame of speech holds here in place of sound, so that the listener's side can score it whatever became of the
 * packet that it left in.
 *
 * @param capturedNanos when its first sample was said
 * @param flags         {@link #SPEECH} and {@link #FEC}
 */
record Sound(long capturedNanos, int flags) {
    /** A frame is not shorter than what it holds. */
    static final int LEAST_BYTES = 12;

    static final int SPEECH = 1;
    /** The frame holds the one before it once more (in-band FEC). */
    static final int FEC = 2;

    /** Appends a frame of {@code bytes}. */
    void writeTo(ByteBuf out, int bytes) {
        out.writeLong(capturedNanos);
        out.writeByte(flags);
        out.writeZero(bytes - Long.BYTES - 1);
    }

    /** The frame at absolute {@code index}. */
    static Sound read(ByteBuf in, int index) {
        return new Sound(in.getLong(index), in.getByte(index + Long.BYTES));
    }

    boolean speech() {
        return (flags & SPEECH) != 0;
    }

    boolean repeatsTheOneBefore() {
        return (flags & FEC) != 0;
    }
}
