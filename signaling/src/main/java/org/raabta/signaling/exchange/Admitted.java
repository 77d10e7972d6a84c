package org.raabta.signaling.exchange;

import org.raabta.signaling.transfer.Refusal;

/** What becomes of an offered item. */
public sealed interface Admitted {
    /** It goes on from there. */
    record From(int offset) implements Admitted {}

    /** It is kept already. */
    record Done() implements Admitted {}

    record Refused(Refusal why) implements Admitted {}
}
