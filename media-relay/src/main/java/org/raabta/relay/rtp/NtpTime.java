package org.raabta.relay.rtp;

/** NTP timestamps (RFC 3550, section 4): 32 bits of seconds and 32 bits of fraction in one long. */
public final class NtpTime {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private NtpTime() {}

    /** From nanoseconds since the NTP epoch. */
    public static long ofNanos(long nanos) {
        long seconds = Math.floorDiv(nanos, NANOS_PER_SECOND);
        long fraction = (Math.floorMod(nanos, NANOS_PER_SECOND) << 32) / NANOS_PER_SECOND;
        return (seconds << 32) | fraction;
    }

    /** Nanoseconds since the NTP epoch, at most 2^32 seconds. */
    public static long toNanos(long ntp) {
        return (ntp >>> 32) * NANOS_PER_SECOND + (((ntp & 0xFFFFFFFFL) * NANOS_PER_SECOND) >>> 32);
    }

    /** The middle 32 bits, units of 1/65536 s, as LSR carries them. */
    public static int middle(long ntp) {
        return (int) (ntp >>> 16);
    }

    /** A duration in units of 1/65536 s, as DLSR carries it; saturates. */
    public static int shortDuration(long nanos) {
        if (nanos <= 0) {
            return 0;
        }
        long microseconds = nanos / 1000;
        return microseconds >= 32768L * 1_000_000L ? Integer.MAX_VALUE : (int) ((microseconds << 16) / 1_000_000L);
    }

    /** The duration of {@code units} of 1/65536 s. */
    public static long shortToNanos(int units) {
        return ((units & 0xFFFFFFFFL) * NANOS_PER_SECOND) >>> 16;
    }
}
