package org.raabta.adapter.estimate;

/** What was wrong with something told to the estimator: counted, clamped or forgotten, never thrown. */
public enum Oddity {
    /** A packet older than one already seen: of no use here. */
    REORDERED,
    /** One of the two clocks was set: delays from before mean nothing any more. */
    CLOCK_STEP,
    /** Byte counts that go back or that no link carries. */
    ABSURD_BYTES,
    /** A loss, round trip or rate that cannot be. */
    ABSURD_REPORT
}
