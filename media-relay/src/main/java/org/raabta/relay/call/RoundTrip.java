package org.raabta.relay.call;

/** The smoothed round trip of one leg's link, from reports (RFC 3550, section 6.4.1) and ICE. */
final class RoundTrip {
    /** Assumed until something is measured: between a good link and a bad one. */
    static final long DEFAULT_NANOS = 300_000_000L;

    /** Over a longer one a packet sent again comes too late to be shown: only a key frame helps (section 3). */
    static final long REPAIR_LIMIT_NANOS = 400_000_000L;

    /** Longer ones come from stale reports, not from links. */
    private static final long MAX_NANOS = 30_000_000_000L;

    private boolean known;
    private long smoothedNanos = DEFAULT_NANOS;

    void onSample(long sampleNanos) {
        if (sampleNanos < 0 || sampleNanos > MAX_NANOS) {
            return;
        }
        // The gain of TCP's smoothed round trip (RFC 6298, section 2) doubled: samples are seconds apart here.
        smoothedNanos = known ? smoothedNanos + (sampleNanos - smoothedNanos) / 4 : sampleNanos;
        known = true;
    }

    boolean known() {
        return known;
    }

    /** The estimate, or the default before the first sample. */
    long nanos() {
        return smoothedNanos;
    }
}
