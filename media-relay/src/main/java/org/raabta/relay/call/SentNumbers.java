package org.raabta.relay.call;

import org.raabta.relay.rtp.SequenceUnwrapper;

/**
 * Which sequence numbers of one stream have left for its receiver. What the sender's link lost stays a gap in the numbers, and a
 * receiver's reports count that gap among its own losses.
 */
final class SentNumbers {
    /** So far back it is known; what lies further back is taken to have left. */
    static final int WINDOW = 8192;

    private final long[] bits = new long[WINDOW / Long.SIZE];
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private boolean started;
    private long first;
    private long highest;
    private long gaps;

    /** @param sequence as on the wire; again if it is sent again */
    void add(int sequence) {
        long number = unwrapper.unwrap(sequence);
        if (!started) {
            started = true;
            first = number;
            highest = number - 1;
        }
        if (number > highest) {
            long skipped = number - highest - 1;
            for (long each = Math.max(highest + 1, number - WINDOW); each < number; each++) {
                set(each, false);
            }
            gaps += skipped;
            highest = number;
            set(number, true);
        } else if (number > highest - WINDOW && number >= first && !isSet(number)) {
            gaps--;
            set(number, true);
        }
    }

    /** Numbers that never left so far, of all up to the highest that did. */
    long gaps() {
        return gaps;
    }

    /**
     * Of {@code count} numbers up to and including {@code last}, how many never left.
     *
     * @param last its low 16 bits count
     */
    int gapsAmong(int count, int last) {
        if (!started) {
            return 0;
        }
        long end = highest - ((highest - last) & 0xFFFF);
        int missing = 0;
        long number = Math.max(end - count + 1, earliest());
        while (number <= end) {
            boolean wholeWord = (number & 63) == 0 && number + 63 <= end;
            missing += wholeWord ? Long.bitCount(~bits[word(number)]) : isSet(number) ? 0 : 1;
            number += wholeWord ? 64 : 1;
        }
        return missing;
    }

    private long earliest() {
        return Math.max(first, highest - WINDOW + 1);
    }

    private boolean isSet(long number) {
        return (bits[word(number)] >>> (number & 63) & 1) == 1;
    }

    private void set(long number, boolean sent) {
        long bit = 1L << (number & 63);
        int word = word(number);
        bits[word] = sent ? bits[word] | bit : bits[word] & ~bit;
    }

    private static int word(long number) {
        return (int) ((number & (WINDOW - 1)) >>> 6);
    }
}
