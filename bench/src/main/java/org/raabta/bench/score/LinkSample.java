package org.raabta.bench.score;

import org.jspecify.annotations.Nullable;

/** The state of one link direction at {@code atMs}, standing for the time until the next sample; null is not measured. */
public record LinkSample(
        double atMs,
        @Nullable Double linkKbps,
        @Nullable Double wireKbps,
        @Nullable Double estimateKbps,
        @Nullable Double queueMs) {}
