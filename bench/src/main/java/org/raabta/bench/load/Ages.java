package org.raabta.bench.load;

import java.util.Arrays;

/** How old packets were when they arrived. */
final class Ages {
    private long[] nanos = new long[1 << 16];
    private int count;

    void add(long ageNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = ageNanos;
    }

    void clear() {
        count = 0;
    }

    int count() {
        return count;
    }

    /** In microseconds; {@code share} 0.5 is the median. NaN if nothing arrived. */
    double percentileUs(double share) {
        if (count == 0) {
            return Double.NaN;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        return sorted[Math.min(count - 1, (int) (share * count))] / 1e3;
    }
}
