package org.raabta.adapter.ladder;

import org.raabta.adapter.VideoPlan;

/**
 * How many bits a pixel of this picture takes. A face that sits still takes a sixth of what a walk through a ward takes: what
 * the sender leaves of its budget says so, and a larger picture makes use of it, which also proves more of the link.
 */
final class PictureNeed {
    /** A size is looked at when it has been sent for so long. */
    private static final long LOOK_NANOS = 4_000_000_000L;
    /** Twice as many rows are at most four times as dear. */
    private static final double IDLE_SHARE = 0.4;

    private static final double FULL_SHARE = 0.95;
    /** What was measured is the need of a moment. */
    private static final double SPARE = 1.3;
    /** It is never taken to need less than this share of what the profile says. */
    private static final double LEAST_SHARE = 0.15;

    private static final double STEP_BACK = 1.5;
    /** After a size that was too large: each change costs a key frame. */
    private static final long RETRY_NANOS = 30_000_000_000L;

    private final double mostBits;
    private double bits;
    private VideoPlan looked = VideoPlan.OFF;
    private long sinceNanos;
    private long idleSinceNanos;
    private boolean idle;
    private long noLargerBeforeNanos = Long.MIN_VALUE;

    /** @param bitsPerPixel of a lively picture */
    PictureNeed(double bitsPerPixel) {
        this.mostBits = bitsPerPixel;
        this.bits = bitsPerPixel;
    }

    double bitsPerPixel() {
        return bits;
    }

    /** For some time most of the budget has been left unused: a better rung would cost little more than is sent now. */
    boolean idle() {
        return idle;
    }

    /**
     * @param sentKbps what comes from the sender of this plan now; {@code NaN} if nothing is known
     * @return whether the need is another than before
     */
    boolean observe(VideoPlan plan, double pixels, double sentKbps, long nowNanos) {
        if (!plan.equals(looked)) {
            looked = plan;
            sinceNanos = nowNanos;
        }
        if (!plan.active() || !(sentKbps > 0) || sentKbps > IDLE_SHARE * plan.maxKbps()) {
            idleSinceNanos = nowNanos;
        }
        idle = nowNanos - idleSinceNanos >= LOOK_NANOS;
        if (!plan.active() || !(sentKbps > 0) || nowNanos - sinceNanos < LOOK_NANOS) {
            return false;
        }
        sinceNanos = nowNanos;
        double before = bits;
        if (sentKbps >= FULL_SHARE * plan.maxKbps() && bits < mostBits) {
            bits = Math.min(mostBits, STEP_BACK * bits);
            noLargerBeforeNanos = nowNanos + RETRY_NANOS;
        } else if (sentKbps <= IDLE_SHARE * plan.maxKbps() && mayGrow(nowNanos)) {
            double measured = SPARE * sentKbps * 1000 / (pixels * plan.maxFps());
            bits = Math.min(bits, Math.max(LEAST_SHARE * mostBits, measured));
        }
        return bits != before;
    }

    private boolean mayGrow(long nowNanos) {
        return noLargerBeforeNanos == Long.MIN_VALUE || nowNanos - noLargerBeforeNanos >= 0;
    }
}
