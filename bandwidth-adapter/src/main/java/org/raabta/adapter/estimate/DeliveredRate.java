package org.raabta.adapter.estimate;

/** What came out of the link, from byte counts over arrival times. */
final class DeliveredRate {
    private static final double SPAN_MS = 1_000;
    private static final double HIGH_SPAN_MS = 250;
    private static final double BUSY_SPAN_MS = 800;
    private static final double LEAST_SPAN_MS = 200;
    private static final double LONGEST_MS = 3_000;
    /** Jitter at both ends of a span falsifies it: the span is so many times as long. */
    private static final double NOISE_SPANS = 15;

    private static final int LEAST_PACKETS = 3;
    private static final double MOST_KBPS = 50_000;

    private DeliveredRate() {}

    /** Over the last second, or the shortest longer time that packets tell of; NaN if none. */
    static double recentKbps(TimedPackets packets, double noiseMs, boolean high) {
        double spanMs = Math.max(high ? HIGH_SPAN_MS : SPAN_MS, NOISE_SPANS * noiseMs);
        int last = 0;
        for (int i = 1; i < packets.size(); i++) {
            double ageMs = ageMs(packets, i);
            if (ageMs > LONGEST_MS) {
                break;
            }
            last = i;
            if (ageMs >= spanMs) {
                break;
            }
        }
        return kbps(packets, last);
    }

    /**
     * While a queue stands the link is never idle, and what comes out is what it can carry. NaN while too little has
     * come since the queue began.
     *
     * @param aboveDelayMs packets that took longer than this stood in the queue
     */
    static double busyKbps(TimedPackets packets, double aboveDelayMs, double noiseMs) {
        double spanMs = Math.max(BUSY_SPAN_MS, NOISE_SPANS * noiseMs);
        int last = 0;
        for (int i = 1; i < packets.size() && packets.delayMs(i) > aboveDelayMs; i++) {
            double ageMs = ageMs(packets, i);
            if (ageMs > LONGEST_MS) {
                break;
            }
            last = i;
            if (ageMs >= spanMs && i >= LEAST_PACKETS) {
                break;
            }
        }
        return last >= LEAST_PACKETS ? kbps(packets, last) : Double.NaN;
    }

    private static double ageMs(TimedPackets packets, int back) {
        return (packets.arrivedNanos(0) - packets.arrivedNanos(back)) / 1e6;
    }

    private static double kbps(TimedPackets packets, int back) {
        double spanMs = back == 0 ? 0 : ageMs(packets, back);
        return spanMs < LEAST_SPAN_MS
                ? Double.NaN
                : Math.min(MOST_KBPS, (packets.bytes(0) - packets.bytes(back)) * 8 / spanMs);
    }
}
