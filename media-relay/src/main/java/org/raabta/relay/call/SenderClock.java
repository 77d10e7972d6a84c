package org.raabta.relay.call;

/**
 * Maps a sender's wall clock onto ours, the same way for its audio and its video, so that they stay in step: the least
 * difference seen between a report's NTP time and its arrival, let to grow a little for clock drift.
 */
final class SenderClock {
    /** Phones' clocks drift by less than this. */
    private static final long DRIFT_PARTS_PER_MILLION = 200;
    /** A difference this far off is a clock that was set, or another page. */
    private static final long RESET_NANOS = 5_000_000_000L;

    private boolean known;
    private long offsetNanos;
    private long updatedNanos;

    void onReport(long theirNanos, long ourNanos) {
        long sample = ourNanos - theirNanos;
        long grown = offsetNanos + (ourNanos - updatedNanos) / 1_000_000L * DRIFT_PARTS_PER_MILLION;
        if (!known || Math.abs(sample - offsetNanos) > RESET_NANOS) {
            offsetNanos = sample;
        } else {
            offsetNanos = Math.min(sample, grown);
        }
        known = true;
        updatedNanos = ourNanos;
    }

    /** The instant on our wall clock; only after a report. */
    long toOurs(long theirNanos) {
        return theirNanos + offsetNanos;
    }
}
