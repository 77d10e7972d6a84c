package org.raabta.bench.sim.model;

/**
 * How much sound a browser keeps in hand: what 95 % of the packets of late would have needed, by a histogram of how much
 * later than the quickest of the last seconds each came, which slowly forgets.
 */
final class PlayoutTarget {
    private static final int BUCKET_MS = 20;
    private static final int BUCKETS = 100;
    private static final double QUANTILE = 0.95;
    private static final double MEMORY = 0.983;
    /** Packets in the two seconds from which the quickest is taken. */
    private static final int WINDOW = 100;

    private final double[] share = new double[BUCKETS];
    private final double[] transitsMs = new double[WINDOW];
    private int packets;

    PlayoutTarget() {
        share[1] = 1;
    }

    /** @param transitMs from mouth to here, on any clocks */
    void onPacket(double transitMs) {
        transitsMs[packets++ % WINDOW] = transitMs;
        double quickest = transitMs;
        for (int i = 0; i < Math.min(packets, WINDOW); i++) {
            quickest = Math.min(quickest, transitsMs[i]);
        }
        // At first every packet counts fully, as one of few.
        double memory = Math.min(MEMORY, 1 - 2.0 / (packets + 1));
        for (int i = 0; i < BUCKETS; i++) {
            share[i] *= memory;
        }
        share[Math.min(BUCKETS - 1, (int) ((transitMs - quickest) / BUCKET_MS))] += 1 - memory;
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
