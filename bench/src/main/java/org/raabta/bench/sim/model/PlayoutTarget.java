package org.raabta.bench.sim.model;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How much sound a browser keeps in hand: what 95 % of the packets of late would have needed, by a histogram of how much
 * later than the quickest of the last two seconds each came, which slowly forgets.
 */
final class PlayoutTarget {
    private static final int BUCKET_MS = 20;
    private static final int BUCKETS = 100;
    private static final double QUANTILE = 0.95;
    private static final double MEMORY = 0.983;
    private static final long WINDOW_NANOS = 2_000_000_000L;

    private final double[] share = new double[BUCKETS];
    /** Each later one is slower than the one before it: the first is the quickest of the window. */
    private final Deque<Transit> quickest = new ArrayDeque<>();

    private int packets;

    private record Transit(long atNanos, double ms) {}

    PlayoutTarget() {
        share[1] = 1;
    }

    /** @param transitMs from mouth to here, on any clocks */
    void onPacket(double transitMs, long nowNanos) {
        while (!quickest.isEmpty() && quickest.getFirst().atNanos <= nowNanos - WINDOW_NANOS) {
            quickest.removeFirst();
        }
        while (!quickest.isEmpty() && quickest.getLast().ms >= transitMs) {
            quickest.removeLast();
        }
        quickest.addLast(new Transit(nowNanos, transitMs));
        packets++;
        // At first every packet counts fully, as one of few.
        double memory = Math.min(MEMORY, 1 - 2.0 / (packets + 1));
        for (int i = 0; i < BUCKETS; i++) {
            share[i] *= memory;
        }
        double lateMs = transitMs - quickest.getFirst().ms;
        share[Math.min(BUCKETS - 1, (int) (lateMs / BUCKET_MS))] += 1 - memory;
    }

    double ms() {
        double below = 0;
        for (int i = 0; i < BUCKETS; i++) {
            below += share[i];
            if (below >= QUANTILE) {
                return (i + 1) * BUCKET_MS;
            }
        }
        return BUCKETS * BUCKET_MS;
    }
}
