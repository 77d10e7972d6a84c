package org.raabta.bench.emulator;

/**
 * A stretch of time with one rate.
 *
 * @param nominalBitsPerSecond what the queue limit goes by: the rate, but not its moments of standing still
 */
record Slice(long untilNanos, long bitsPerSecond, long nominalBitsPerSecond) {
    Slice noLaterThan(long nanos) {
        return nanos >= untilNanos ? this : new Slice(nanos, bitsPerSecond, nominalBitsPerSecond);
    }

    Slice standingStill() {
        return new Slice(untilNanos, 0, nominalBitsPerSecond);
    }
}
