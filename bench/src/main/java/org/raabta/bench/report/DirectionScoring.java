package org.raabta.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.Rung;
import org.raabta.bench.score.BrokenSeconds;
import org.raabta.bench.score.EModel;
import org.raabta.bench.score.HeardDirection;
import org.raabta.bench.score.LinkSample;
import org.raabta.bench.score.LinkScores;
import org.raabta.bench.score.RungTimeline;
import org.raabta.bench.score.Span;
import org.raabta.bench.score.VideoScore;
import org.raabta.bench.score.WireMeter;

/** Makes the figures of one direction out of what was recorded, counted and logged. */
public final class DirectionScoring {
    /**
     * All on the run's clock. What is empty was not measured, and so will be its figures.
     *
     * @param call from the doctor's admit to the end
     * @param payloadKbps Opus payload received, without headers, while there was speech
     * @param link samples of the link's own state in order of time, at least one a second
     * @param pictures the moving pictures as shown at the receiver
     * @param videoKbps payload of the video
     */
    public record Inputs(
            Span call,
            Optional<HeardDirection> heard,
            OptionalDouble payloadKbps,
            Optional<WireMeter> wire,
            List<LinkSample> link,
            Optional<List<VideoScore.Shown>> pictures,
            OptionalDouble videoKbps) {}

    private final Inputs in;
    private final Span call;
    private final Optional<RungTimeline> rungs;

    private DirectionScoring(Inputs in) {
        this.in = in;
        this.call = in.call();
        this.rungs = in.heard().flatMap(h -> h.heard().rungs());
    }

    /** Stills and photos are counted elsewhere and stay absent here. */
    public static DirectionResult score(Inputs in) {
        return new DirectionScoring(in).result();
    }

    private DirectionResult result() {
        Optional<HeardDirection> heard = in.heard();
        boolean[] broken = heard.map(h -> BrokenSeconds.of(h.heard(), call)).orElse(new boolean[0]);
        return new DirectionResult(
                heard.map(h -> broken.length).orElse(null),
                heard.map(h -> BrokenSeconds.count(broken)).orElse(null),
                boxed(heard.flatMap(h -> h.heard().counters())
                        .map(c -> c.concealedRatio(call.fromMs(), call.toMs()))
                        .orElse(OptionalDouble.empty())),
                heard.map(HeardDirection::longestGapMs).orElse(null),
                boxed(heard.map(HeardDirection::estoi).orElse(OptionalDouble.empty())),
                mos(),
                mouthToEar(),
                firstAudioMs(),
                in.wire().map(WireMeter::bytes).orElse(null),
                wireKbps(),
                rungSeconds(),
                rungChanges(),
                boxed(LinkScores.queueOver600msSeconds(linkInCall(), call.toMs())),
                boxed(LinkScores.estimatorErrorRatio(linkInCall())),
                null,
                null,
                video(),
                samples(broken));
    }

    private @Nullable Double mos() {
        return in.heard().isPresent() && in.payloadKbps().isPresent()
                ? EModel.mos(in.payloadKbps().getAsDouble(), in.heard().get().lostSpeechRatio(call))
                : null;
    }

    private DirectionResult.@Nullable Spread mouthToEar() {
        if (in.heard().isEmpty()) {
            return null;
        }
        OptionalDouble p50 = in.heard().get().heard().track().percentileMs(0.5, call);
        OptionalDouble p95 = in.heard().get().heard().track().percentileMs(0.95, call);
        return p50.isPresent() && p95.isPresent()
                ? new DirectionResult.Spread(p50.getAsDouble(), p95.getAsDouble())
                : null;
    }

    private @Nullable Double firstAudioMs() {
        OptionalDouble at = in.heard().map(HeardDirection::firstSoundMs).orElse(OptionalDouble.empty());
        return at.isPresent() && at.getAsDouble() < call.toMs() ? at.getAsDouble() - call.fromMs() : null;
    }

    private DirectionResult.@Nullable Rate wireKbps() {
        if (in.wire().isEmpty()) {
            return null;
        }
        OptionalDouble mean = in.wire().get().meanKbps(call.toMs());
        return mean.isPresent()
                ? new DirectionResult.Rate(
                        mean.getAsDouble(), boxed(in.wire().get().p95Kbps(call.toMs())))
                : null;
    }

    private @Nullable Map<String, Double> rungSeconds() {
        if (rungs.isEmpty()) {
            return null;
        }
        Map<String, Double> out = new LinkedHashMap<>();
        for (Map.Entry<Rung, Double> entry : rungs.get().msPerRung(call).entrySet()) {
            out.put(entry.getKey().label(), entry.getValue() / 1000);
        }
        return out;
    }

    private @Nullable List<DirectionResult.RungChange> rungChanges() {
        if (rungs.isEmpty()) {
            return null;
        }
        List<DirectionResult.RungChange> out = new ArrayList<>();
        String before = null;
        for (RungTimeline.Step step : rungs.get().steps()) {
            out.add(new DirectionResult.RungChange(
                    step.atMs() - call.fromMs(), before, step.rung().label(), step.reason()));
            before = step.rung().label();
        }
        return out;
    }

    private DirectionResult.@Nullable Video video() {
        Optional<VideoScore> score = in.pictures()
                .flatMap(shown ->
                        VideoScore.of(shown, rungs.map(RungTimeline::withVideo).orElse(List.of(call)), call));
        if (score.isEmpty() && in.videoKbps().isEmpty()) {
            return null;
        }
        return new DirectionResult.Video(
                boxed(in.videoKbps()),
                score.map(VideoScore::fps).orElse(null),
                score.map(VideoScore::freezeSeconds).orElse(null));
    }

    private List<LinkSample> linkInCall() {
        return in.link().stream()
                .filter(s -> s.atMs() >= call.fromMs() && s.atMs() < call.toMs())
                .toList();
    }

    private List<DirectionResult.Sample> samples(boolean[] broken) {
        List<LinkSample> link = linkInCall();
        List<DirectionResult.Sample> out = new ArrayList<>();
        int next = 0;
        for (int second = 0; second < (int) (call.lengthMs() / 1000); second++) {
            double fromMs = call.fromMs() + second * 1000.0;
            LinkSample last = null;
            Double queueMs = null;
            for (; next < link.size() && link.get(next).atMs() < fromMs + 1000; next++) {
                last = link.get(next);
                Double now = last.queueMs();
                queueMs = now == null || (queueMs != null && queueMs > now) ? queueMs : now;
            }
            int index = second;
            out.add(new DirectionResult.Sample(
                    second * 1000.0,
                    last == null ? null : last.linkKbps(),
                    in.wire().map(w -> w.kbps(index)).orElse(last == null ? null : last.wireKbps()),
                    last == null ? null : last.estimateKbps(),
                    queueMs,
                    rungs.flatMap(r -> r.at(fromMs + 500)).map(Rung::label).orElse(null),
                    boxed(in.heard()
                            .flatMap(h -> h.heard().counters())
                            .map(c -> c.concealedRatio(fromMs, fromMs + 1000))
                            .orElse(OptionalDouble.empty())),
                    second < broken.length ? broken[second] : null));
        }
        return out;
    }

    private static @Nullable Double boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
