package org.raabta.relay.call;

import java.util.Arrays;

/** Which of a stream's last sequence numbers have gone by: tells duplicates, what is lacking, and what is too old to be told. */
final class SeenPackets {
    static final int WINDOW = 1024;

    private final int window;
    private final long[] bits;
    private boolean started;
    private long highest;

    SeenPackets() {
        this(WINDOW);
    }

    /** @param window how far back it is known; a multiple of 64 */
    SeenPackets(int window) {
        this.window = window;
        bits = new long[window / Long.SIZE];
    }

    /** The highest number so far; only after the first {@link #add}. */
    long highest() {
        return highest;
    }

    boolean started() {
        return started;
    }

    boolean tooOld(long sequence) {
        return started && sequence <= highest - window;
    }

    /** Notes a number that is not too old; false if it came before. */
    boolean add(long sequence) {
        if (!started || sequence - highest >= window) {
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

    /** How many from {@code first} to {@code last} have not gone by; both are within the window. */
    int lacking(long first, long last) {
        int lacking = 0;
        long sequence = first;
        while (sequence <= last) {
            boolean whole = Math.floorMod(sequence, Long.SIZE) == 0 && sequence + Long.SIZE - 1 <= last;
            long seen = bits[word(sequence)] & (whole ? -1L : mask(sequence));
            int numbers = whole ? Long.SIZE : 1;
            lacking += numbers - Long.bitCount(seen);
            sequence += numbers;
        }
        return lacking;
    }

    private int word(long sequence) {
        return Math.floorMod(sequence, window) / Long.SIZE;
    }

    private static long mask(long sequence) {
        return 1L << Math.floorMod(sequence, Long.SIZE);
    }
}
