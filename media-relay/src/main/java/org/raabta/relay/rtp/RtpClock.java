package org.raabta.relay.rtp;

/** Conversion between nanoseconds and the ticks of a media clock. */
public enum RtpClock {
    /** Opus (RFC 7587) and its RED: always 48 kHz. */
    AUDIO(48_000),
    /** Video (RFC 7741): 90 kHz. */
    VIDEO(90_000);

    private final int hertz;

    RtpClock(int hertz) {
        this.hertz = hertz;
    }

    /** Ticks in {@code nanos}, rounded down; no overflow within years. */
    public long ticks(long nanos) {
        long seconds = Math.floorDiv(nanos, 1_000_000_000L);
        return seconds * hertz + Math.floorMod(nanos, 1_000_000_000L) * hertz / 1_000_000_000L;
    }
}
