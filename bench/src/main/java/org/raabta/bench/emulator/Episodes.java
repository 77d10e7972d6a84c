package org.raabta.bench.emulator;

import java.util.Arrays;
import java.util.function.LongUnaryOperator;

/**
 * Stretches of time that come and go by themselves: stalls, loss bursts. A function of time alone: it looks the same
 * however many packets ask, and in whatever order.
 */
final class Episodes {
    private final LongUnaryOperator pauseAfter;
    private final LongUnaryOperator lengthFrom;
    private long[] startNanos = new long[16];
    private long[] endNanos = new long[16];
    private int known;
    private long knownToNanos;

    /**
     * @param fromNanos  the first pause begins here
     * @param pauseAfter how long nothing happens from the given moment on
     * @param lengthFrom how long the episode that starts at the given moment lasts
     */
    Episodes(long fromNanos, LongUnaryOperator pauseAfter, LongUnaryOperator lengthFrom) {
        knownToNanos = fromNanos;
        this.pauseAfter = pauseAfter;
        this.lengthFrom = lengthFrom;
    }

    /** Never anything. */
    static Episodes none() {
        return new Episodes(0, start -> Long.MAX_VALUE / 2, start -> 1);
    }

    boolean covers(long atNanos) {
        return endOf(atNanos) > atNanos;
    }

    /** The end of the episode in which {@code atNanos} lies; {@code atNanos} itself if it lies in none. */
    long endOf(long atNanos) {
        int index = lastStartedBy(atNanos);
        return index >= 0 && endNanos[index] > atNanos ? endNanos[index] : atNanos;
    }

    private int lastStartedBy(long atNanos) {
        while (knownToNanos <= atNanos) {
            drawOne();
        }
        int found = Arrays.binarySearch(startNanos, 0, known, atNanos);
        return found >= 0 ? found : -found - 2;
    }

    private void drawOne() {
        if (known == startNanos.length) {
            startNanos = Arrays.copyOf(startNanos, 2 * known);
            endNanos = Arrays.copyOf(endNanos, 2 * known);
        }
        startNanos[known] = knownToNanos + Math.max(1, pauseAfter.applyAsLong(knownToNanos));
        endNanos[known] = startNanos[known] + Math.max(1, lengthFrom.applyAsLong(startNanos[known]));
        knownToNanos = endNanos[known];
        known++;
    }
}
