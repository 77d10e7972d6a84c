package org.raabta.bench.score;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What a receiver played, from its cumulative counters ({@code inbound-rtp} of webrtc-stats): all samples, those made up by
 * concealment, and those of them that were silence. Silence is taken out everywhere: pauses without packets (DTX) are
 * counted as concealed by browsers and harm nobody, and long silences in speech are found as {@link Gaps}.
 */
public final class PlayoutCounters {
    /** The counters as read at {@code atMs}. */
    public record Reading(double atMs, long totalSamples, long concealedSamples, long silentConcealedSamples) {}

    private final double[] atMs;
    private final double[] audible;
    private final double[] concealed;

    /** Readings in order of time. A counter that falls started anew with a new connection. */
    public PlayoutCounters(List<Reading> readings) {
        this.atMs = new double[readings.size()];
        this.audible = new double[readings.size()];
        this.concealed = new double[readings.size()];
        Reading before = new Reading(Double.NEGATIVE_INFINITY, 0, 0, 0);
        for (int i = 0; i < atMs.length; i++) {
            Reading now = readings.get(i);
            if (now.atMs() < before.atMs()) {
                throw new IllegalArgumentException("readings must be in order of time");
            }
            Reading base = now.totalSamples() < before.totalSamples() ? new Reading(0, 0, 0, 0) : before;
            long silent = now.silentConcealedSamples() - base.silentConcealedSamples();
            atMs[i] = now.atMs();
            audible[i] = (i == 0 ? 0 : audible[i - 1]) + Math.max(0, now.totalSamples() - base.totalSamples() - silent);
            concealed[i] = (i == 0 ? 0 : concealed[i - 1])
                    + Math.max(0, now.concealedSamples() - base.concealedSamples() - silent);
            before = now;
        }
    }

    /** The share of what was played between two times, silence excluded, that was concealed; empty if nothing was played. */
    public OptionalDouble concealedRatio(double fromMs, double toMs) {
        double played = valueAt(audible, toMs) - valueAt(audible, fromMs);
        if (!(played > 0.5)) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(Math.min(1, (valueAt(concealed, toMs) - valueAt(concealed, fromMs)) / played));
    }

    private double valueAt(double[] values, double at) {
        int after = 0;
        while (after < atMs.length && atMs[after] <= at) {
            after++;
        }
        if (after == 0) {
            return 0;
        }
        if (after == atMs.length) {
            return values[after - 1];
        }
        double share = (at - atMs[after - 1]) / (atMs[after] - atMs[after - 1]);
        return values[after - 1] + share * (values[after] - values[after - 1]);
    }
}
