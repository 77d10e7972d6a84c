package org.raabta.bench.sim.model;

/**
 * What the browser believes it may send: its delay detector, loss and round trip move one rate up and down
 * (draft-ietf-rmcat-gcc-02, sections 5.5 and 6). Probing by padding is left out: after the start a rate rises by itself only.
 */
final class SendEstimate {
    private static final double START_BPS = 300_000;
    private static final double MOST_BPS = 2_500_000;
    private static final double DECREASE = 0.85;
    /** Taken off on top of every decrease (links-and-ladder, section 4). */
    private static final double MORE_DECREASE_BPS = 5_000;

    private static final double INCREASE_PER_SECOND = 1.08;
    private static final double LEAST_INCREASE_BPS = 4_000;
    /** The loss part cannot go under this (links-and-ladder, section 4). */
    private static final double LEAST_BY_LOSS_BPS = 79_000;

    private static final double HIGH_LOSS = 0.1;
    private static final double LOSS_WAIT_MS = 300;
    private static final double LONG_ROUND_TRIP_MS = 3_000;
    private static final double ROUND_TRIP_DECREASE = 0.8;
    private static final int LEAST_PACKETS_FOR_LOSS = 20;

    private final DelayTrend trend = new DelayTrend();
    private final AckedRate acked = new AckedRate();
    private double bps = START_BPS;
    private double leastBps;
    private double capBps = MOST_BPS;
    /** Around what the link carried when it was last too full; not known is NaN. */
    private double capacityBps = Double.NaN;

    private boolean holding;
    private double lastMs = Double.NaN;
    private double decreasedMs = Double.NEGATIVE_INFINITY;
    private double lossCutMs = Double.NEGATIVE_INFINITY;
    private double roundTripCutMs = Double.NEGATIVE_INFINITY;
    private double roundTripMs = 200;
    private int lost;
    private int reported;

    /** The least that the media which is on asks for: the browser never goes below it. */
    void setLeast(double bitsPerSecond) {
        leastBps = bitsPerSecond;
        bps = Math.max(bps, leastBps);
    }

    /** A new description's start rate: the browser begins anew there. */
    void restart(double bitsPerSecond) {
        bps = bitsPerSecond;
        capacityBps = Double.NaN;
        holding = false;
    }

    /** The far end's own word (REMB). */
    void setCap(double bitsPerSecond) {
        capBps = Math.min(MOST_BPS, bitsPerSecond);
    }

    double bitsPerSecond() {
        return Math.max(leastBps, Math.min(bps, capBps));
    }

    double roundTripMs() {
        return roundTripMs;
    }

    /** One packet of a feedback message, by rising number. */
    void onArrived(double sentMs, double arrivedMs, int bytes) {
        reported++;
        acked.add(arrivedMs, bytes);
        trend.onPacket(sentMs, arrivedMs);
    }

    void onLost() {
        lost++;
        reported++;
    }

    /** The message is at its end; the last packet that it confirmed took {@code tripMs} until now. */
    void onFeedback(double tripMs, double nowMs) {
        roundTripMs = tripMs;
        double sinceMs = Double.isNaN(lastMs) ? 0 : Math.min(nowMs - lastMs, 1000);
        lastMs = nowMs;
        byDelay(sinceMs, nowMs);
        byLoss(nowMs);
        if (roundTripMs > LONG_ROUND_TRIP_MS && nowMs - roundTripCutMs > 1000) {
            roundTripCutMs = nowMs;
            bps *= ROUND_TRIP_DECREASE;
        }
        bps = Math.max(leastBps, Math.min(bps, MOST_BPS));
    }

    private void byDelay(double sinceMs, double nowMs) {
        double ackedBps = acked.bitsPerSecond();
        switch (trend.signal()) {
            case OVERUSE -> {
                // One decrease per round trip: what was sent before it is still under way.
                if (nowMs - decreasedMs >= Math.max(10, Math.min(200, roundTripMs))) {
                    decreasedMs = nowMs;
                    decrease(ackedBps);
                }
                holding = true;
            }
            case UNDERUSE -> holding = true;
            case NORMAL -> {
                if (!holding) {
                    increase(ackedBps, sinceMs);
                }
                holding = false;
            }
        }
    }

    private void decrease(double ackedBps) {
        if (Double.isNaN(ackedBps)) {
            bps *= 0.5;
            return;
        }
        capacityBps = Double.isNaN(capacityBps) || ackedBps > 1.5 * capacityBps || ackedBps < 0.5 * capacityBps
                ? ackedBps
                : 0.95 * capacityBps + 0.05 * ackedBps;
        bps = Math.min(bps, DECREASE * ackedBps - MORE_DECREASE_BPS);
    }

    private void increase(double ackedBps, double sinceMs) {
        if (!Double.isNaN(capacityBps) && ackedBps > 1.5 * capacityBps) {
            capacityBps = Double.NaN; // more fits than was thought
        }
        double byRatio = bps * (StrictMath.pow(INCREASE_PER_SECOND, sinceMs / 1000) - 1);
        // A packet of 1200 bytes per response time, near what is known to be the limit.
        double perSecond = Math.max(LEAST_INCREASE_BPS, 9600 / (2 * (roundTripMs + 100) / 1000));
        double step = Double.isNaN(capacityBps) ? Math.max(byRatio, sinceMs) : perSecond * sinceMs / 1000;
        double ceiling = Double.isNaN(ackedBps) ? bps : 1.5 * ackedBps + 10_000;
        bps = Math.max(bps, Math.min(bps + step, ceiling));
    }

    private void byLoss(double nowMs) {
        if (reported < LEAST_PACKETS_FOR_LOSS) {
            return;
        }
        double share = (double) lost / reported;
        lost = 0;
        reported = 0;
        if (share > HIGH_LOSS && nowMs - lossCutMs > LOSS_WAIT_MS + roundTripMs) {
            lossCutMs = nowMs;
            bps = Math.min(bps, Math.max(LEAST_BY_LOSS_BPS, bps * (1 - share / 2)));
        }
    }
}
