package org.raabta.bench.score;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.raabta.adapter.Rung;

/** On which rung a media direction stood when. */
public final class RungTimeline {
    /** From {@code atMs} on the direction stands on {@code rung}; why is the adapter's public name of its reason. */
    public record Step(double atMs, Rung rung, String reason) {}

    private final List<Step> steps;

    public RungTimeline(List<Step> steps) {
        for (int i = 1; i < steps.size(); i++) {
            if (steps.get(i).atMs() < steps.get(i - 1).atMs()) {
                throw new IllegalArgumentException("steps must be in order of time");
            }
        }
        this.steps = List.copyOf(steps);
    }

    public List<Step> steps() {
        return steps;
    }

    /** The rung at a time; empty before the first step. */
    public Optional<Rung> at(double atMs) {
        Optional<Rung> rung = Optional.empty();
        for (Step step : steps) {
            if (step.atMs() <= atMs) {
                rung = Optional.of(step.rung());
            }
        }
        return rung;
    }

    /** How long it stood on each rung inside {@code within}, best rung first. */
    public Map<Rung, Double> msPerRung(Span within) {
        Map<Rung, Double> sums = new EnumMap<>(Rung.class);
        for (int i = 0; i < steps.size(); i++) {
            double ms = spanOf(i).overlapMs(within.fromMs(), within.toMs());
            if (ms > 0) {
                sums.merge(steps.get(i).rung(), ms, Double::sum);
            }
        }
        return sums;
    }

    /** When moving pictures were relayed. */
    public List<Span> withVideo() {
        List<Span> out = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            if (steps.get(i).rung().carriesVideo()) {
                out.add(spanOf(i));
            }
        }
        return out;
    }

    /** Whether between two times the direction stood on a rung on which nobody can simply speak. */
    boolean withoutLiveSpeech(double fromMs, double toMs) {
        for (int i = 0; i < steps.size(); i++) {
            boolean live = steps.get(i).rung().compareTo(Rung.PUSH_TO_TALK) < 0;
            if (!live && spanOf(i).overlapMs(fromMs, toMs) > 0) {
                return true;
            }
        }
        return false;
    }

    private Span spanOf(int i) {
        return new Span(
                steps.get(i).atMs(), i + 1 < steps.size() ? steps.get(i + 1).atMs() : Double.MAX_VALUE);
    }
}
