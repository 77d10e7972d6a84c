package org.raabta.adapter.estimate;

import java.util.Arrays;

/** The lowest values of the last while, one for each slot of time; forgets by itself and never grows. */
final class Lows {
    private final long slotNanos;
    private final double[] lows;
    private final long[] slots;
    private final double[] found;

    Lows(int slots, long slotNanos) {
        this.slotNanos = slotNanos;
        lows = new double[slots];
        this.slots = new long[slots];
        found = new double[slots];
        clear();
    }

    void clear() {
        Arrays.fill(slots, Long.MIN_VALUE);
    }

    void add(double value, long atNanos) {
        long slot = Math.floorDiv(atNanos, slotNanos);
        int index = Math.floorMod(slot, lows.length);
        lows[index] = slots[index] == slot ? Math.min(lows[index], value) : value;
        slots[index] = slot;
    }

    /**
     * The lowest value, a few of the lowest slots left out where there are many.
     *
     * @param leaveOut the share of slots to leave out
     */
    double low(double leaveOut, long atNanos) {
        long newest = Math.floorDiv(atNanos, slotNanos);
        int known = 0;
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] != Long.MIN_VALUE && newest - slots[i] < slots.length) {
                found[known++] = lows[i];
            }
        }
        if (known == 0) {
            return Double.NaN;
        }
        return lowest(found, known, (int) (known * leaveOut));
    }

    /** The value that {@code below} others are not above; few are left out, so this is quicker than to sort all. */
    private static double lowest(double[] values, int count, int below) {
        for (int i = 0; i <= below; i++) {
            int least = i;
            for (int j = i + 1; j < count; j++) {
                least = values[j] < values[least] ? j : least;
            }
            double value = values[least];
            values[least] = values[i];
            values[i] = value;
        }
        return values[below];
    }
}
