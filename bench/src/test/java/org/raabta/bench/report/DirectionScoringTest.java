package org.raabta.bench.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.raabta.adapter.Rung;
import org.raabta.bench.score.BrokenSeconds;
import org.raabta.bench.score.DelayTrack;
import org.raabta.bench.score.HeardDirection;
import org.raabta.bench.score.LinkSample;
import org.raabta.bench.score.PlayoutCounters;
import org.raabta.bench.score.RungTimeline;
import org.raabta.bench.score.Span;
import org.raabta.bench.score.SpeechActivity;
import org.raabta.bench.score.VideoScore;
import org.raabta.bench.score.WireMeter;

class DirectionScoringTest {
    /** The run began half a minute before the doctor admitted. */
    private static final Span CALL = new Span(30_000, 40_000);

    @Test
    void nothingMeasuredIsNothingSaid() {
        DirectionResult result = DirectionScoring.score(new DirectionScoring.Inputs(
                CALL,
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                OptionalDouble.empty()));
        assertThat(result.samples())
                .hasSize(10)
                .allSatisfy(sample -> assertThat(sample)
                        .isEqualTo(
                                new DirectionResult.Sample(sample.atMs(), null, null, null, null, null, null, null)));
        assertThat(new DirectionResult(
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        result.samples()))
                .isEqualTo(result);
    }

    @Test
    void figuresCountFromTheAdmit() {
        DirectionResult result = DirectionScoring.score(inputs());
        assertThat(result.seconds()).isEqualTo(10);
        assertThat(result.brokenSeconds()).isEqualTo(2);
        assertThat(result.longestGapMs()).isEqualTo(1400);
        assertThat(result.firstAudioMs()).isEqualTo(700);
        assertThat(result.mouthToEarMs()).isEqualTo(new DirectionResult.Spread(310, 310));
        assertThat(result.wireBytes()).isEqualTo(10 * 2500);
        assertThat(Objects.requireNonNull(result.wireKbps()).mean()).isCloseTo(20, within(1e-9));
        assertThat(result.rungSeconds()).containsEntry("video", 4.0).containsEntry("voice", 6.0);
        assertThat(result.rungChanges())
                .containsExactly(
                        new DirectionResult.RungChange(-1000, null, "video", "unconstrained"),
                        new DirectionResult.RungChange(4000, "video", "voice", "pinned"));
        assertThat(result.queueOver600msSeconds()).isEqualTo(3);
        assertThat(result.estimatorErrorRatio()).isCloseTo(0.5, within(1e-9));
        // Pictures end where the rung ends: no freeze.
        assertThat(Objects.requireNonNull(result.video()).freezeSeconds()).isZero();
        assertThat(result.concealedRatio()).isCloseTo(0.1, within(1e-6));
        assertThat(result.emodelMos()).isBetween(1.0, 4.0);
        assertThat(result.stills()).isNull();
        List<DirectionResult.Sample> samples = Objects.requireNonNull(result.samples());
        assertThat(samples.get(6).broken()).isTrue();
        assertThat(samples.get(5).broken()).isFalse();
        assertThat(samples.get(3).rung()).isEqualTo("video");
        assertThat(samples.get(4).rung()).isEqualTo("voice");
        assertThat(samples.get(7).queueMs()).isEqualTo(900);
        assertThat(samples.get(2).wireKbps()).isCloseTo(20.0, within(1e-9));
    }

    private static DirectionScoring.Inputs inputs() {
        List<PlayoutCounters.Reading> readings = new ArrayList<>();
        WireMeter wire = new WireMeter(CALL.fromMs());
        List<LinkSample> link = new ArrayList<>();
        List<VideoScore.Shown> pictures = new ArrayList<>();
        for (int second = 0; second <= 40; second++) {
            readings.add(new PlayoutCounters.Reading(second * 1000.0, second * 48_000L, second * 4800L, 0));
            if (second < 40) {
                wire.add(second * 1000.0 + 10, 2500);
                link.add(new LinkSample(second * 1000.0, 20.0, null, 30.0, second >= 37 ? 900.0 : 10.0));
            }
        }
        for (double at = 30_000; at < 34_000; at += 100) {
            pictures.add(new VideoScore.Shown(at, (int) at));
        }
        HeardDirection heard = new HeardDirection(
                new BrokenSeconds.Heard(
                        SpeechActivity.ofSpans(List.of(new Span(0, 60_000))),
                        new DelayTrack(
                                List.of(new DelayTrack.Match(31_000, 310, 1), new DelayTrack.Match(20_000, 9000, 1))),
                        List.of(new Span(36_000, 37_400)),
                        Optional.of(new PlayoutCounters(readings)),
                        Optional.of(new RungTimeline(List.of(
                                new RungTimeline.Step(29_000, Rung.VIDEO, "unconstrained"),
                                new RungTimeline.Step(34_000, Rung.VOICE, "pinned"))))),
                OptionalDouble.of(0.8),
                OptionalDouble.of(30_700));
        return new DirectionScoring.Inputs(
                CALL,
                Optional.of(heard),
                OptionalDouble.of(12),
                Optional.of(wire),
                link,
                Optional.of(pictures),
                OptionalDouble.empty());
    }
}
