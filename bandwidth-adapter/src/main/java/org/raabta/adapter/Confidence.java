package org.raabta.adapter;

/** How far an estimate can be believed; in rising order. Climbing needs at least {@link #MEDIUM}. */
public enum Confidence {
    /** Nothing is known. */
    NONE,
    /** A guess from another visit, another direction or a hint of the browser. */
    LOW,
    /** Carried for a while without a queue, or proven by the waiting room's own traffic. */
    MEDIUM,
    /** The link was full, and this is what came out of it. */
    HIGH
}
