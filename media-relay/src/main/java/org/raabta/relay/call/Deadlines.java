package org.raabta.relay.call;

/** Points in time compared by difference, as nanoseconds of a monotonic clock must be; {@link #NONE} is never. */
final class Deadlines {
    static final long NONE = Long.MAX_VALUE;

    private Deadlines() {}

    static long earlier(long a, long b) {
        if (a == NONE || b == NONE) {
            return a == NONE ? b : a;
        }
        return a - b <= 0 ? a : b;
    }

    static boolean due(long deadlineNanos, long nowNanos) {
        return deadlineNanos != NONE && nowNanos - deadlineNanos >= 0;
    }
}
