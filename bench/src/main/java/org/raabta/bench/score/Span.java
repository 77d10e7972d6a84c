package org.raabta.bench.score;

/** A stretch of time: from {@code fromMs} up to and without {@code toMs}. */
public record Span(double fromMs, double toMs) {
    public Span {
        if (!(toMs >= fromMs)) {
            throw new IllegalArgumentException("a span cannot end before it begins");
        }
    }

    public double lengthMs() {
        return toMs - fromMs;
    }

    /** How much of this span lies inside the other. */
    public double overlapMs(double otherFromMs, double otherToMs) {
        return Math.max(0, Math.min(toMs, otherToMs) - Math.max(fromMs, otherFromMs));
    }
}
