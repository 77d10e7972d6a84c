package org.raabta.relay.call;

/** When to ask one sender for a key frame: at most once in an interval, whoever and how many want one. */
final class KeyFrameRequests {
    static final long MIN_INTERVAL_NANOS = 500_000_000L;
    private static final long MAX_INTERVAL_NANOS = 10_000_000_000L;
    /** From the round trip on over which nothing is repaired: every loss asks for a key frame then. */
    private static final long SLOW_INTERVAL_NANOS = 1_000_000_000L;

    /** A small picture's key frame (4 KB), of which a quarter of the rate may be made. */
    private static final double KEY_FRAME_BITS = 32_000;

    private static final double LEAST_FRAMES = 4;

    private double kbps = Double.POSITIVE_INFINITY;
    private boolean wanted;
    private boolean asked;
    private long askedNanos;

    /** What all pictures of this sender may cost; 0 or less: nothing is known. */
    void setKbps(double kbps) {
        this.kbps = kbps > 0 ? kbps : Double.POSITIVE_INFINITY;
    }

    /** Somebody cannot go on without a key frame. */
    void want() {
        wanted = true;
    }

    /** A key frame has come, and everybody got it. */
    void arrived() {
        wanted = false;
    }

    /** Whether to ask now; it counts as asked then. A wish that comes while the last request is under way waits for it. */
    boolean takeDue(long nowNanos, long rttNanos) {
        if (!Deadlines.due(nextDeadlineNanos(nowNanos, rttNanos), nowNanos)) {
            return false;
        }
        wanted = false;
        asked = true;
        askedNanos = nowNanos;
        return true;
    }

    long nextDeadlineNanos(long nowNanos, long rttNanos) {
        if (!wanted) {
            return Deadlines.NONE;
        }
        return asked ? askedNanos + intervalNanos(rttNanos) : nowNanos;
    }

    /** On a slow link the answer is still under way after 500 ms; asking again would only bring two key frames. */
    private long intervalNanos(long rttNanos) {
        long least = rttNanos > RoundTrip.REPAIR_LIMIT_NANOS ? SLOW_INTERVAL_NANOS : MIN_INTERVAL_NANOS;
        long affordable = (long) (LEAST_FRAMES * KEY_FRAME_BITS / kbps * 1e6);
        return Math.min(MAX_INTERVAL_NANOS, Math.max(Math.max(least, affordable), rttNanos + rttNanos / 2));
    }
}
