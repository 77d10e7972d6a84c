package org.raabta.adapter.ladder;

import org.jspecify.annotations.Nullable;
import org.raabta.adapter.Rung;
import org.raabta.adapter.profile.Profile;

/**
 * When a direction may climb: headroom for a while, longer after a climb that failed, and never so often that it flaps. What was
 * learned from a failure is forgotten when the capacity has doubled: it is another link then.
 */
final class Climb {
    private static final long NEVER = Long.MIN_VALUE;
    private static final double FORGET_FACTOR = 2;
    /** A capacity so much above that after the last fall is not a steady link, and changes need not be counted. */
    private static final double UNSTEADY_FACTOR = 1.5;

    /** Another radio answers in so much of the time ... */
    private static final double QUICKER = 0.6;
    /** ... and carries so much more. */
    private static final double MORE = 1.3;

    private static final double MINUTE_MS = 60_000;

    private final Profile.Climb settings;
    private final Profile.Start start;
    private final long[] changesNanos;
    private int changes;

    private long headroomSinceNanos = NEVER;
    private long climbedNanos = NEVER;
    private double climbedKbps;
    private @Nullable Rung climbedTo;
    /** What failed; every rung below it has not. */
    private @Nullable Rung failed;

    private long fellNanos = NEVER;
    private double fellKbps;
    private double fellRttMs;
    private final WalkingRate rate = new WalkingRate();
    private boolean another;
    private double heldMs;

    Climb(Profile profile) {
        this.settings = profile.climb();
        this.start = profile.start();
        this.changesNanos = new long[settings.changesMost()];
    }

    /** To be told at every update, before {@link #allowed}. */
    void observe(boolean headroom, double kbps, double rttMs, long nowNanos) {
        boolean seemsAnother = seemsAnother(kbps, rttMs);
        rate.observe(seemsAnother, nowNanos);
        another = seemsAnother && !rate.walks(nowNanos);
        if (!headroom) {
            headroomSinceNanos = NEVER;
        } else if (headroomSinceNanos == NEVER) {
            headroomSinceNanos = nowNanos;
        }
        if (heldMs > 0 && (another || kbps >= FORGET_FACTOR * climbedKbps)) {
            heldMs = 0;
        }
        if (climbedNanos != NEVER && nowNanos - climbedNanos > Nanos.ofMs(settings.failedWithinMs())) {
            climbedNanos = NEVER; // it held: the next failure begins anew
            heldMs = 0;
        }
    }

    boolean allowed(Rung next, boolean starting, double kbps, long nowNanos) {
        return headroomSinceNanos != NEVER && nowNanos - readyNanos(next, starting, kbps) >= 0;
    }

    /** From when on the climb is allowed, if the headroom stays; {@link Long#MAX_VALUE} without headroom. */
    long readyNanos(@Nullable Rung next, boolean starting, double kbps) {
        if (next == null || headroomSinceNanos == NEVER) {
            return Long.MAX_VALUE;
        }
        long ready = headroomSinceNanos + Nanos.ofMs(holdMs(starting));
        if (held(next)) {
            ready = Nanos.later(ready, fellNanos + Nanos.ofMs(heldMs));
        }
        boolean steady = fellNanos != NEVER && kbps < UNSTEADY_FACTOR * fellKbps;
        if (steady && !starting && changes >= changesNanos.length) {
            ready = Nanos.later(ready, changesNanos[changes % changesNanos.length] + Nanos.ofMs(MINUTE_MS));
        }
        return ready;
    }

    /**
     * Since the last fall: what carries twice as much, or clearly more in much less time (radios differ by that), is another link,
     * and what was learned on the old one is no reason to wait; unless the rate walks. As of the last {@link #observe}.
     */
    boolean anotherLink() {
        return another;
    }

    boolean walks(long nowNanos) {
        return rate.walks(nowNanos);
    }

    private boolean seemsAnother(double kbps, double rttMs) {
        boolean quicker = rttMs > 0 && rttMs <= QUICKER * fellRttMs && kbps >= MORE * fellKbps;
        return fellNanos != NEVER && (quicker || kbps >= FORGET_FACTOR * fellKbps);
    }

    private double holdMs(boolean starting) {
        if (starting) {
            return start.holdMs();
        }
        return another ? Math.max(start.holdMs(), settings.holdMs() / 2) : settings.holdMs();
    }

    /**
     * Whether a failed climb holds the direction back from {@code next}: a fall from moving pictures to the thinnest voice says
     * nothing of the rungs between them.
     */
    boolean held(Rung next) {
        return heldMs > 0 && fellNanos != NEVER && failed != null && next.compareTo(failed) <= 0;
    }

    void climbed(Rung to, double kbps, long nowNanos) {
        count(nowNanos);
        climbedNanos = nowNanos;
        climbedKbps = kbps;
        climbedTo = to;
        headroomSinceNanos = NEVER;
    }

    /** @param queued whether a queue was the reason */
    void fell(boolean starting, boolean queued, double kbps, double rttMs, long nowNanos) {
        count(nowNanos);
        rate.fell(queued, nowNanos);
        if (climbedNanos != NEVER) {
            failed = climbedTo;
            double before = Math.max(heldMs, starting ? start.holdMs() : settings.holdMs());
            double next = before * settings.failedFactor();
            heldMs = Math.min(settings.failedMostMs(), starting ? next : Math.max(next, settings.failedLeastMs()));
        }
        climbedNanos = NEVER;
        fellNanos = nowNanos;
        fellKbps = kbps;
        fellRttMs = rttMs;
        another = false;
        headroomSinceNanos = NEVER;
    }

    private void count(long nowNanos) {
        changesNanos[changes % changesNanos.length] = nowNanos;
        changes++;
    }
}
