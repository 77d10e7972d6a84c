package org.raabta.relay.call;

import org.raabta.relay.rtp.RtpClock;

/**
 * Tells speech that has become old on its way: when a link comes back after a stall and hands over at once what it had
 * queued, only the newest part is worth playing. A link that drains its queue slowly loses nothing: dropping would not
 * make the rest come sooner, it would only make a hole.
 *
 * <pre>
 * late by more than LIMIT at once? -> burst (media comes BURST times as fast as it plays)? -> drop until late by KEPT
 *                                  -> slow: this is how late speech is from now on
 * </pre>
 */
final class StaleAudio {
    /** Shorter stalls are left to the receiver's jitter buffer. */
    static final long LIMIT_NANOS = 1_000_000_000L;

    /** What of a burst is kept. */
    static final long KEPT_NANOS = 400_000_000L;

    /** The silence until speech is fresh is then at most as long as it is late. */
    private static final int BURST = 2;

    /** One gap between two packets says nothing of how fast they come. */
    private static final long LOOK_NANOS = 400_000_000L;

    private boolean started;
    private int lastTimestamp;
    private long lastNanos;

    /** Between the end of a stall and the moment when speech is fresh again. */
    private boolean catchingUp;

    private long behindNanos;
    private int firstTimestamp;
    private long firstNanos;

    /** Whether the next packet of the stream is to be forwarded. Reordered packets are not to be shown to this. */
    boolean keep(int timestamp, long nowNanos) {
        if (!started) {
            started = true;
            lastTimestamp = timestamp;
            lastNanos = nowNanos;
            return true;
        }
        long played = nanos(timestamp - lastTimestamp);
        long slip = nowNanos - lastNanos - played;
        lastTimestamp = timestamp;
        lastNanos = nowNanos;
        if (!catchingUp) {
            if (slip <= LIMIT_NANOS) {
                return true;
            }
            // The first packet after the stall shows that it is late, but not yet how fast the others follow.
            catchingUp = true;
            behindNanos = slip;
            firstTimestamp = timestamp;
            firstNanos = nowNanos;
            return true;
        }
        behindNanos += slip;
        boolean looking = nowNanos - firstNanos < LOOK_NANOS;
        boolean burst = nanos(timestamp - firstTimestamp) >= BURST * (nowNanos - firstNanos);
        catchingUp = behindNanos > KEPT_NANOS && (burst || looking);
        return !(catchingUp && burst);
    }

    private static long nanos(int ticks) {
        return ticks * 1_000_000_000L / RtpClock.AUDIO.ticks(1_000_000_000L);
    }
}
