package org.raabta.bench.sim.model;

/**
 * The browser's delay-based detector: whether the time that packets take keeps growing. A line is fitted through the
 * smoothed delays of the last bursts, and its slope compared with a threshold that follows it (draft-ietf-rmcat-gcc-02,
 * sections 5.1 to 5.4, with the trendline that browsers use in place of the Kalman filter).
 */
final class DelayTrend {
    enum Signal {
        UNDERUSE,
        NORMAL,
        OVERUSE
    }

    private static final double BURST_MS = 5;
    private static final double LONGEST_BURST_MS = 100;
    private static final int WINDOW = 20;
    private static final double SMOOTHING = 0.9;
    private static final double GAIN = 4;
    private static final int MOST_DELTAS = 60;
    private static final double LEAST_OVERUSE_MS = 10;
    private static final double THRESHOLD_UP = 0.0087;
    private static final double THRESHOLD_DOWN = 0.039;

    private final double[] timesMs = new double[WINDOW];
    private final double[] delaysMs = new double[WINDOW];
    private int points;
    private int deltas;
    private double accumulatedMs;
    private double smoothedMs;
    private double threshold = 12.5;
    private double lastUpdateMs = Double.NaN;
    private double overusingMs = -1;
    private int overuses;
    private double lastSlope;
    private Signal signal = Signal.NORMAL;

    private boolean open;
    private double firstSentMs;
    private double lastSentMs;
    private double firstArrivedMs;
    private double lastArrivedMs;
    private boolean anyBefore;
    private double sentBeforeMs;
    private double arrivedBeforeMs;

    Signal signal() {
        return signal;
    }

    /** A packet that the far end confirmed. */
    void onPacket(double sentMs, double arrivedMs) {
        if (!open) {
            begin(sentMs, arrivedMs);
            return;
        }
        if (belongs(sentMs, arrivedMs)) {
            lastSentMs = Math.max(lastSentMs, sentMs);
            lastArrivedMs = arrivedMs;
            return;
        }
        if (anyBefore) {
            onBurst(lastSentMs - sentBeforeMs, lastArrivedMs - arrivedBeforeMs, lastArrivedMs);
        }
        anyBefore = true;
        sentBeforeMs = lastSentMs;
        arrivedBeforeMs = lastArrivedMs;
        begin(sentMs, arrivedMs);
    }

    private void begin(double sentMs, double arrivedMs) {
        open = true;
        firstSentMs = sentMs;
        lastSentMs = sentMs;
        firstArrivedMs = arrivedMs;
        lastArrivedMs = arrivedMs;
    }

    private boolean belongs(double sentMs, double arrivedMs) {
        double arrivalMs = arrivedMs - lastArrivedMs;
        boolean heldBack = arrivalMs <= BURST_MS
                && arrivalMs - (sentMs - lastSentMs) < 0
                && arrivedMs - firstArrivedMs < LONGEST_BURST_MS;
        return sentMs - firstSentMs <= BURST_MS || heldBack;
    }

    private void onBurst(double sentMs, double arrivedMs, double atMs) {
        deltas = Math.min(deltas + 1, 1000);
        accumulatedMs += arrivedMs - sentMs;
        smoothedMs = SMOOTHING * smoothedMs + (1 - SMOOTHING) * accumulatedMs;
        if (points == WINDOW) {
            System.arraycopy(timesMs, 1, timesMs, 0, WINDOW - 1);
            System.arraycopy(delaysMs, 1, delaysMs, 0, WINDOW - 1);
            points--;
        }
        timesMs[points] = atMs;
        delaysMs[points++] = smoothedMs;
        double slope = points == WINDOW ? slope() : 0;
        judge(slope, sentMs, atMs);
        lastSlope = slope;
    }

    private double slope() {
        double meanTime = 0;
        double meanDelay = 0;
        for (int i = 0; i < points; i++) {
            meanTime += timesMs[i] / points;
            meanDelay += delaysMs[i] / points;
        }
        double above = 0;
        double below = 0;
        for (int i = 0; i < points; i++) {
            above += (timesMs[i] - meanTime) * (delaysMs[i] - meanDelay);
            below += (timesMs[i] - meanTime) * (timesMs[i] - meanTime);
        }
        return below == 0 ? 0 : above / below;
    }

    private void judge(double slope, double sinceMs, double atMs) {
        double trend = Math.min(deltas, MOST_DELTAS) * slope * GAIN;
        if (trend > threshold) {
            overusingMs = overusingMs < 0 ? sinceMs / 2 : overusingMs + sinceMs;
            overuses++;
            if (overusingMs > LEAST_OVERUSE_MS && overuses > 1 && slope >= lastSlope) {
                overusingMs = 0;
                overuses = 0;
                signal = Signal.OVERUSE;
            }
        } else {
            overusingMs = -1;
            overuses = 0;
            signal = trend < -threshold ? Signal.UNDERUSE : Signal.NORMAL;
        }
        follow(Math.abs(trend), atMs);
    }

    private void follow(double trend, double atMs) {
        if (Double.isNaN(lastUpdateMs)) {
            lastUpdateMs = atMs;
        }
        if (trend <= threshold + 15) { // beyond that it is an outlier
            double gain = trend < threshold ? THRESHOLD_DOWN : THRESHOLD_UP;
            double sinceMs = Math.min(atMs - lastUpdateMs, 100);
            threshold = Math.max(6, Math.min(600, threshold + gain * (trend - threshold) * sinceMs));
        }
        lastUpdateMs = atMs;
    }
}
