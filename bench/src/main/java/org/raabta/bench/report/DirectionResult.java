package org.raabta.bench.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The figures of one media direction; null is not measured. */
public record DirectionResult(
        @Nullable Integer seconds,
        @Nullable Integer brokenSeconds,
        @Nullable Double concealedRatio,
        @Nullable Double longestGapMs,
        @Nullable Double estoi,
        @Nullable Double emodelMos,
        @Nullable Spread mouthToEarMs,
        @Nullable Double firstAudioMs,
        @Nullable Long wireBytes,
        @Nullable Rate wireKbps,
        @Nullable Map<String, Double> rungSeconds,
        @Nullable List<RungChange> rungChanges,
        @Nullable Double queueOver600msSeconds,
        @Nullable Double estimatorErrorRatio,
        @Nullable Stills stills,
        @Nullable Photo photo,
        @Nullable Video video,
        @Nullable List<Sample> samples) {
    /** The same with what was counted elsewhere. */
    public DirectionResult with(@Nullable Stills counted, @Nullable Photo requested) {
        return new DirectionResult(
                seconds,
                brokenSeconds,
                concealedRatio,
                longestGapMs,
                estoi,
                emodelMos,
                mouthToEarMs,
                firstAudioMs,
                wireBytes,
                wireKbps,
                rungSeconds,
                rungChanges,
                queueOver600msSeconds,
                estimatorErrorRatio,
                counted,
                requested,
                video,
                samples);
    }

    public record Spread(double p50, double p95) {}

    public record Rate(double mean, @Nullable Double p95) {}

    /** {@code from} is null for the first rung. */
    public record RungChange(double atMs, @Nullable String from, String to, String reason) {}

    /**
     * Single pictures that came whole.
     *
     * @param meanAgeMs   when they came
     * @param medianAgeMs of the picture that is shown, over the time from the first one on
     */
    public record Stills(
            int count,
            @Nullable Double meanAgeMs,
            @Nullable Double medianAgeMs,
            @Nullable Long bytes) {
        public @Nullable Long bytesEach() {
            return bytes == null || count == 0 ? null : bytes / count;
        }
    }

    /** @param ms from the request until it was whole at who asked; null if it was not */
    public record Photo(
            long bytes,
            @Nullable Double ms,
            @Nullable Long resentBytes,
            @Nullable Transfer transfer) {}

    /**
     * How a photo went up.
     *
     * @param ms          from its first byte until the server had all of it
     * @param sameHash    what came at who asked is what was announced; null if it did not come
     * @param leftShare   of the bits that the call's media left over on the link meanwhile, the share that was used, headers included
     */
    public record Transfer(
            int width,
            int height,
            double ms,
            double kbps,
            @Nullable Boolean sameHash,
            @Nullable Double leftShare) {}

    public record Video(
            @Nullable Double kbps,
            @Nullable Double fps,
            @Nullable Double freezeSeconds) {}

    /** One second, from {@code atMs} on. */
    public record Sample(
            double atMs,
            @Nullable Double linkKbps,
            @Nullable Double wireKbps,
            @Nullable Double estimateKbps,
            @Nullable Double queueMs,
            @Nullable String rung,
            @Nullable Double concealedRatio,
            @Nullable Boolean broken) {}
}
