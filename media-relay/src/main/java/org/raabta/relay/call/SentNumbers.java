package org.raabta.relay.call;

import org.raabta.relay.rtp.SequenceUnwrapper;

/**
 * Which sequence numbers of one stream have left for its receiver. What the sender's link lost stays a gap in the numbers, and a
 * receiver's reports count that gap among its own losses.
 */
final class SentNumbers {
    /** So far back it is known; what lies further back is taken to have left. */
    static final int WINDOW = 8192;

    private final SeenPackets sent = new SeenPackets(WINDOW);
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private long first;
    private long gaps;

    /** @param sequence as on the wire; again if it is sent again */
    void add(int sequence) {
        long number = unwrapper.unwrap(sequence);
        if (!sent.started()) {
            first = number;
            sent.add(number);
        } else if (number >= first && !sent.tooOld(number)) {
            long skipped = number - sent.highest() - 1;
            boolean fresh = sent.add(number);
            gaps += skipped >= 0 ? skipped : fresh ? -1 : 0;
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
        if (!sent.started()) {
            return 0;
        }
        long highest = sent.highest();
        long end = highest - ((highest - last) & 0xFFFF);
        return sent.lacking(Math.max(end - count + 1, Math.max(first, highest - WINDOW + 1)), end);
    }
}
