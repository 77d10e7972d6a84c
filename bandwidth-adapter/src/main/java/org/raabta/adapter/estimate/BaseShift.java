package org.raabta.adapter.estimate;

/**
 * Tells a longer way from a queue. A fall from 4G to GPRS adds half a second that never drains, and against the old
 * least delay it looks like a queue for a minute. But a link with a queue gives out all it can carry: delays that stay
 * level while clearly less than that comes out are the way itself.
 */
final class BaseShift {
    private static final double LEVEL_MS = 40;
    private static final double LEVEL_NOISE = 1.5;
    /** Below this share of what came out while the link was full, it is not full. */
    private static final double NOT_FULL = 0.95;

    private static final double LEAST_MS = 3_000;
    /** Two round trips: one for the sender to obey, one to see it. */
    private static final double ROUND_TRIPS = 2;

    private double lowMs;
    private double highMs;
    private long sinceNanos;
    private double fullestKbps;
    private double sumKbps;
    private int readings;
    private boolean watching;

    void clear() {
        watching = false;
    }

    /**
     * Whether the reading's queue has turned out to be none.
     *
     * @param apartMs below this nobody minds
     */
    boolean found(Reading reading, double apartMs, double deliveredKbps, double fullKbps, double rttMs) {
        double queueMs = reading.queueMs();
        if (queueMs < apartMs || Double.isNaN(deliveredKbps)) {
            watching = false;
            return false;
        }
        fullestKbps = watching ? Math.max(fullestKbps, deliveredKbps) : deliveredKbps;
        lowMs = watching ? Math.min(lowMs, queueMs) : queueMs;
        highMs = watching ? Math.max(highMs, queueMs) : queueMs;
        if (!watching || highMs - lowMs > Math.max(LEVEL_MS, LEVEL_NOISE * reading.noiseMs())) {
            lowMs = queueMs;
            highMs = queueMs;
            sinceNanos = reading.atNanos();
            fullestKbps = deliveredKbps;
            sumKbps = deliveredKbps;
            readings = 1;
            watching = true;
            return false;
        }
        // One reading of a thin link is a packet more or less: only the mean says whether it is full.
        sumKbps += deliveredKbps;
        readings++;
        boolean spare =
                fullKbps > 0 ? sumKbps / readings < NOT_FULL * fullKbps : deliveredKbps < NOT_FULL * fullestKbps;
        return spare && (reading.atNanos() - sinceNanos) / 1e6 >= Math.max(LEAST_MS, ROUND_TRIPS * rttMs);
    }
}
