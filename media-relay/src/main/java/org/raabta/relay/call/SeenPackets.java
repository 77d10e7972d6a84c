package org.raabta.relay.call;

import java.util.Arrays;

/** Which of a stream's last sequence numbers have come: tells duplicates, and what is too old to be told. */
final class SeenPackets {
    static final int WINDOW = 1024;

    private final long[] bits = new long[WINDOW / Long.SIZE];
    private boolean started;
    private long highest;

    /** The highest number so far; only after the first {@link #add}. */
    long highest() {
        return highest;
    }

    boolean started() {
        return started;
    }

    boolean tooOld(long sequence) {
        return started && sequence <= highest - WINDOW;
    }

    /** Notes a number that is not too old; false if it came before. */
    boolean add(long sequence) {
        if (!started || sequence - highest >= WINDOW) {
            Arrays.fill(bits, 0);
            highest = sequence;
            started = true;
        }
        while (highest < sequence) {
            highest++;
            bits[word(highest)] &= ~mask(highest);
        }
        boolean first = (bits[word(sequence)] & mask(sequence)) == 0;
        bits[word(sequence)] |= mask(sequence);
        return first;
    }

    private static int word(long sequence) {
        return Math.floorMod(sequence, WINDOW) / Long.SIZE;
    }

    private static long mask(long sequence) {
        return 1L << Math.floorMod(sequence, Long.SIZE);
    }
}
