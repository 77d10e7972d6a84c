package org.raabta.relay.call;

import org.raabta.relay.rtp.NtpTime;

/**
 * The wall clock of our sender reports. Its origin is made up: receivers only compare our reports with each other and
 * send the time back to us, and a call must come out the same when it is replayed.
 */
final class WallClock {
    /** 2026-01-01 in seconds since 1900. */
    private static final long ORIGIN_NANOS = 3_976_214_400L * 1_000_000_000L;

    private final long startNanos;

    WallClock(long startNanos) {
        this.startNanos = startNanos;
    }

    /** Nanoseconds since the NTP epoch. */
    long wallNanos(long nowNanos) {
        return ORIGIN_NANOS + (nowNanos - startNanos);
    }

    /** The middle 32 bits of our NTP time. */
    int middle(long nowNanos) {
        return NtpTime.middle(NtpTime.ofNanos(wallNanos(nowNanos)));
    }
}
