package org.raabta.bench.score;

import java.util.List;
import java.util.OptionalDouble;

/** Figures from what the link itself counted. */
public final class LinkScores {
    public static final double DEEP_QUEUE_MS = 600;
    /** A link carries all it can when it is this full, or when packets wait this long in front of it. */
    private static final double FULL_SHARE = 0.9;

    private static final double WAITING_MS = 100;

    private LinkScores() {}

    /** Median of |estimate - link| / link over the samples in which the link is saturated; empty without any. */
    public static OptionalDouble estimatorErrorRatio(List<LinkSample> samples) {
        return Percentiles.of(
                samples.stream()
                        .mapToDouble(LinkScores::errorWhileSaturated)
                        .filter(error -> !Double.isNaN(error))
                        .toArray(),
                0.5);
    }

    private static double errorWhileSaturated(LinkSample sample) {
        Double link = sample.linkKbps();
        Double estimate = sample.estimateKbps();
        if (link == null || link <= 0 || estimate == null) {
            return Double.NaN;
        }
        Double wire = sample.wireKbps();
        Double queue = sample.queueMs();
        boolean full = wire != null && wire >= FULL_SHARE * link;
        boolean saturated = full || (queue != null && queue >= WAITING_MS);
        return saturated ? Math.abs(estimate - link) / link : Double.NaN;
    }

    /** How long the queue was deeper than 600 ms; empty if no sample has a queue. */
    public static OptionalDouble queueOver600msSeconds(List<LinkSample> samples, double endMs) {
        double ms = 0;
        boolean measured = false;
        for (int i = 0; i < samples.size(); i++) {
            Double queue = samples.get(i).queueMs();
            if (queue != null) {
                measured = true;
                double untilMs = i + 1 < samples.size() ? samples.get(i + 1).atMs() : endMs;
                ms += queue > DEEP_QUEUE_MS
                        ? Math.max(0, untilMs - samples.get(i).atMs())
                        : 0;
            }
        }
        return measured ? OptionalDouble.of(ms / 1000) : OptionalDouble.empty();
    }
}
