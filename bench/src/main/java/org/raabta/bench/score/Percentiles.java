package org.raabta.bench.score;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Percentiles by linear interpolation between the order statistics. */
public final class Percentiles {
    private Percentiles() {}

    /** The value below which {@code share} (0..1) of the values lie; empty if there are none. */
    public static OptionalDouble of(double[] values, double share) {
        if (values.length == 0) {
            return OptionalDouble.empty();
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return OptionalDouble.of(sorted[below] + (place - below) * (sorted[above] - sorted[below]));
    }
}
