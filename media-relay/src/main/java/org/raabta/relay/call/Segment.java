package org.raabta.relay.call;

/**
 * A run of a source's packets that keep their distance at the receiver: between two runs numbers were closed up or
 * another source took over.
 */
final class Segment {
    final long start;
    final long sequenceDelta;
    /** The first number that is not of this run any more. */
    long end = Long.MAX_VALUE;
    /** What is added to VP8 picture ids and TL0PICIDX; set with the first packet of the run. */
    int pictureIdDelta;

    int tl0Delta;

    Segment(long start, long sequenceDelta) {
        this.start = start;
        this.sequenceDelta = sequenceDelta;
    }

    boolean holds(long sequence) {
        return sequence >= start && sequence < end;
    }
}
