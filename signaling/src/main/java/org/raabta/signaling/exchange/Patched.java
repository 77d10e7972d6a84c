package org.raabta.signaling.exchange;

import org.raabta.signaling.transfer.Refusal;

/** What became of bytes that came over HTTP. */
public sealed interface Patched {
    /** Everything below is kept; the item is checked where that is all of it. */
    record At(int offset) implements Patched {}

    /** The bytes do not go on there. */
    record WrongOffset(int offset) implements Patched {}

    record Refused(Refusal why) implements Patched {}

    /** No such item of this role. */
    record Unknown() implements Patched {}
}
