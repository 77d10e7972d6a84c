package org.raabta.bench.emulator;

/** Why a link did not deliver a packet. */
public enum Drop {
    /** The queue stood at its limit. */
    QUEUE_FULL,
    /** Carried, and lost on the air. */
    LOSS,
    /** There was no link at all, for longer than one that keeps its queue. */
    OUTAGE,
    /** A middlebox lets no UDP through. */
    UDP_BLOCKED
}
