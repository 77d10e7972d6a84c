package org.raabta.bench.emulator;

/** What becomes of a packet: decided when it is offered, true from {@code atNanos} on. */
public sealed interface Fate {
    long atNanos();

    /** It comes out at the other end at {@code atNanos}; of two packets never the later one first. */
    record Delivered(long atNanos) implements Fate {}

    /** It is gone; it occupied the queue until {@code atNanos}. */
    record Dropped(Drop reason, long atNanos) implements Fate {}
}
