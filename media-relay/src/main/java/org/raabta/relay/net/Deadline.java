package org.raabta.relay.net;

/** Arithmetic on deadlines in nanos, compared by difference; {@link #NEVER} is no deadline. */
final class Deadline {
    static final long NEVER = Long.MAX_VALUE;

    private Deadline() {}

    static long earlier(long one, long other) {
        if (one == NEVER || other == NEVER) {
            return one == NEVER ? other : one;
        }
        return one - other <= 0 ? one : other;
    }

    static boolean isDue(long deadlineNanos, long nowNanos) {
        return deadlineNanos != NEVER && nowNanos - deadlineNanos >= 0;
    }
}
