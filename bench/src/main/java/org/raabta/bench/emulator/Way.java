package org.raabta.bench.emulator;

/** The two directions of a link, as the phone sees them. */
public enum Way {
    /** Towards the phone. */
    DOWN,
    /** From the phone. */
    UP
}
