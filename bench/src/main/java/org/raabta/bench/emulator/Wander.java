package org.raabta.bench.emulator;

import java.util.Arrays;

/**
 * Jitter as a function of time: at every moment normally distributed around 0. It wanders through knots that are drawn
 * independently, {@value #KNOT_DISTANCE} standard deviations apart: slowly enough that a link in order can have it at
 * all (a delay that fell faster than time passes would reorder), so that holding packets back to keep the order,
 * which would add to the delay of whoever sends more, is hardly ever needed.
 */
final class Wander {
    private static final int KNOT_DISTANCE = 5;
    /** Below this a wander is finer than anything it is measured with. */
    private static final long LEAST_KNOT_NANOS = 1_000_000;

    private final double sdNanos;
    private final long knotNanos;
    private final Draws draws;
    private double[] knots = new double[64];
    private int known;

    Wander(long sdNanos, Draws draws) {
        this.sdNanos = sdNanos;
        knotNanos = Math.max(LEAST_KNOT_NANOS, KNOT_DISTANCE * sdNanos);
        this.draws = draws;
    }

    long at(long sinceNanos) {
        if (sdNanos == 0) {
            return 0;
        }
        int index = (int) (sinceNanos / knotNanos);
        double angle = Math.PI / 2 * (sinceNanos % knotNanos) / knotNanos;
        // Cosine and sine squared add up to 1, so the variance between two knots is that of the knots.
        return Math.round(sdNanos * (knot(index) * StrictMath.cos(angle) + knot(index + 1) * StrictMath.sin(angle)));
    }

    private double knot(int index) {
        if (index >= knots.length) {
            knots = Arrays.copyOf(knots, 2 * index);
        }
        while (known <= index) {
            knots[known++] = draws.normal();
        }
        return knots[index];
    }
}
