package org.raabta.adapter.estimate;

import java.util.Arrays;

/**
 * How much faster one clock runs than the other: the middle slope (Theil and Sen) between the least delays of the last
 * two minutes. Queues come and go and move a few of these; a clock moves all of them alike.
 */
final class Skew {
    private static final long SLOT_NANOS = 10_000_000_000L;
    private static final int SLOTS = 12;
    /** Before a minute is known, a queue could be taken for a clock. */
    private static final int LEAST_SLOTS = 6;
    /** Crystals of phones and sound cards; what is more is something else. */
    private static final double MOST_MS_PER_MS = 500e-6;

    private static final double SHARE = 0.3;

    private final double[] lows = new double[SLOTS];
    private final double[] slopes = new double[SLOTS * (SLOTS - 1) / 2];
    private int known;
    private long slot;
    private double lowMs = Double.NaN;
    private double perMs;
    private double correctionMs;
    private long lastNanos;

    void clear() {
        known = 0;
        slot = 0;
        lowMs = Double.NaN;
        perMs = 0;
        correctionMs = 0;
        lastNanos = 0;
    }

    /** The delay as it were if both clocks ran alike. */
    double correct(double delayMs, long sinceNanos) {
        correctionMs += perMs * (sinceNanos - lastNanos) / 1e6;
        lastNanos = sinceNanos;
        double corrected = delayMs - correctionMs;
        long nowSlot = sinceNanos / SLOT_NANOS;
        if (nowSlot != slot) {
            close(nowSlot - slot);
            slot = nowSlot;
        }
        lowMs = Double.isNaN(lowMs) ? corrected : Math.min(lowMs, corrected);
        return corrected;
    }

    private void close(long slots) {
        if (slots > 1 || Double.isNaN(lowMs)) {
            // A hole in time: what was collected cannot be lined up with what comes.
            known = 0;
        } else {
            if (known == SLOTS) {
                System.arraycopy(lows, 1, lows, 0, --known);
            }
            lows[known++] = lowMs;
            if (known >= LEAST_SLOTS) {
                learn();
            }
        }
        lowMs = Double.NaN;
    }

    private void learn() {
        int count = 0;
        for (int i = 0; i < known; i++) {
            for (int j = i + 1; j < known; j++) {
                slopes[count++] = (lows[j] - lows[i]) / ((j - i) * (SLOT_NANOS / 1e6));
            }
        }
        Arrays.sort(slopes, 0, count);
        double slope = slopes[count / 2];
        if (Math.abs(slope) > MOST_MS_PER_MS) {
            // A longer way, or a queue of minutes: no clock.
            known = 0;
            return;
        }
        double change = SHARE * slope;
        double before = perMs;
        perMs = Math.max(-MOST_MS_PER_MS, Math.min(MOST_MS_PER_MS, perMs + change));
        // What is already collected is seen as if it had been corrected so all along.
        for (int i = 0; i < known; i++) {
            lows[i] += (perMs - before) * (known - i) * (SLOT_NANOS / 1e6);
        }
    }
}
