package org.raabta.relay.call;

/** When to ask one sender for a key frame: at most once in an interval, whoever and how many want one. */
final class KeyFrameRequests {
    static final long MIN_INTERVAL_NANOS = 500_000_000L;
    private static final long MAX_INTERVAL_NANOS = 3_000_000_000L;

    private boolean wanted;
    private boolean asked;
    private long askedNanos;

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
        // On a slow link the answer is still under way after 500 ms; asking again would only bring two key frames.
        long interval = Math.max(MIN_INTERVAL_NANOS, Math.min(MAX_INTERVAL_NANOS, rttNanos + rttNanos / 4));
        return asked ? askedNanos + interval : nowNanos;
    }
}
