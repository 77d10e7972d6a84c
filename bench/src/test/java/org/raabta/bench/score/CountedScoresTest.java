package org.raabta.bench.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.raabta.adapter.Rung;

/** The scores that are counted and not heard: link, wire, pictures, rungs, lost audio time. */
class CountedScoresTest {
    private static final long SEED = 3;

    @Test
    void theEstimatorIsJudgedOnlyWhileTheLinkIsFull() {
        List<LinkSample> samples = List.of(
                new LinkSample(0, 100.0, 20.0, 300.0, 0.0), // idle: any estimate may be right
                new LinkSample(1000, 100.0, 95.0, 110.0, 0.0),
                new LinkSample(2000, 100.0, 50.0, 70.0, 400.0),
                new LinkSample(3000, 100.0, 99.0, null, 400.0),
                new LinkSample(4000, 0.0, 0.0, 50.0, 4000.0),
                new LinkSample(5000, 50.0, 50.0, 100.0, 900.0));
        assertThat(LinkScores.estimatorErrorRatio(samples).orElseThrow()).isCloseTo(0.3, within(1e-9));
        assertThat(LinkScores.estimatorErrorRatio(samples.subList(0, 1))).isEmpty();
        assertThat(LinkScores.queueOver600msSeconds(samples, 7500)).hasValue(3.5);
        assertThat(LinkScores.queueOver600msSeconds(List.of(new LinkSample(0, 1.0, 1.0, 1.0, null)), 1000))
                .isEmpty();
    }

    @Test
    void bytesAreCountedBySecond() {
        WireMeter meter = new WireMeter(1000);
        meter.add(900, 5000); // the waiting room
        for (int i = 0; i < 200; i++) {
            meter.add(1000 + i * 1000.0, 125);
        }
        meter.add(5500, 12_500);
        assertThat(meter.bytes()).isEqualTo(200 * 125 + 12_500);
        assertThat(meter.kbps(0)).isEqualTo(1);
        assertThat(meter.kbps(4)).isEqualTo(101);
        assertThat(meter.kbps(100_000)).isZero();
        assertThat(meter.meanKbps(201_000).orElseThrow()).isCloseTo(1.5, within(1e-9));
        assertThat(meter.p95Kbps(201_000).orElseThrow()).isEqualTo(1);
        assertThat(meter.meanKbps(1000)).isEmpty();
        assertThat(meter.p95Kbps(1500)).isEmpty();
    }

    @Test
    void picturesThatStandStillAreFreezes() {
        List<VideoScore.Shown> shown = new ArrayList<>();
        int number = 0;
        for (double at = 0; at < 10_000; at += 50) {
            boolean frozen = at > 4000 && at < 6000;
            shown.add(new VideoScore.Shown(at, frozen ? number : ++number));
        }
        Span call = new Span(0, 12_000);
        VideoScore score = VideoScore.of(shown, List.of(call), call).orElseThrow();
        // Two seconds in the middle and two at the end, each to the grain of a picture.
        assertThat(score.freezeSeconds()).isCloseTo(4.05, within(0.06));
        assertThat(score.fps()).isCloseTo(number / 12.0, within(1e-9));
    }

    @Test
    void noVideoDueIsNoFreeze() {
        List<VideoScore.Shown> shown = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            shown.add(new VideoScore.Shown(i * 50.0, i));
        }
        Span call = new Span(0, 60_000);
        VideoScore score =
                VideoScore.of(shown, List.of(new Span(0, 5000)), call).orElseThrow();
        assertThat(score.freezeSeconds()).isZero();
        assertThat(score.fps()).isCloseTo(20, within(0.01));
        assertThat(VideoScore.of(shown, List.of(), call)).isEmpty();
        assertThat(VideoScore.of(List.of(), List.of(call), call)).isEmpty();
    }

    @Test
    void slowVideoIsNotAFreeze() {
        List<VideoScore.Shown> shown = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            shown.add(new VideoScore.Shown(i * 1000.0, i));
        }
        Span call = new Span(0, 30_000);
        // Only the first distance surprises: nothing was usual before it.
        assertThat(VideoScore.of(shown, List.of(call), call).orElseThrow().freezeSeconds())
                .isEqualTo(1);
    }

    @Test
    void timeOnRungs() {
        RungTimeline rungs = new RungTimeline(List.of(
                new RungTimeline.Step(500, Rung.VIDEO, "unconstrained"),
                new RungTimeline.Step(3000, Rung.VOICE, "pinned"),
                new RungTimeline.Step(5000, Rung.SLOW_VIDEO, "pinned")));
        assertThat(rungs.at(400)).isEmpty();
        assertThat(rungs.at(3000)).contains(Rung.VOICE);
        assertThat(rungs.msPerRung(new Span(1000, 6000)))
                .containsEntry(Rung.VIDEO, 2000.0)
                .containsEntry(Rung.VOICE, 2000.0)
                .containsEntry(Rung.SLOW_VIDEO, 1000.0)
                .hasSize(3);
        assertThat(rungs.withVideo()).hasSize(2);
        assertThatThrownBy(() -> new RungTimeline(
                        List.of(rungs.steps().get(1), rungs.steps().get(0))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theEModelFallsWithLossAndRate() {
        assertThat(EModel.mos(32, 0)).isCloseTo(4.41, within(0.005));
        assertThat(EModel.mos(8, 0)).isCloseTo(EModel.ofR(83.2), within(1e-9));
        double before = 5;
        for (double loss : new double[] {0, 0.01, 0.05, 0.1, 0.3, 0.6, 1}) {
            double now = EModel.mos(12, loss);
            assertThat(now).isLessThan(before).isBetween(1.0, 4.5);
            before = now;
        }
        assertThat(EModel.mos(5, 0)).isEqualTo(EModel.mos(6, 0)).isLessThan(EModel.mos(10, 0));
        assertThat(EModel.ofR(-3)).isEqualTo(1);
        // ITU-T G.107, annex B: R of 50 is 2.58, of 80 is 4.03.
        assertThat(EModel.ofR(50)).isCloseTo(2.575, within(0.01));
        assertThat(EModel.ofR(80)).isCloseTo(4.024, within(0.01));
    }

    @Test
    void lateBlocksAreNotLostAudioButAStoppedThreadIs() {
        Random random = new Random(SEED);
        RecordingBuilder builder = new RecordingBuilder(8000);
        double at = 5000;
        for (int i = 0; i < 500; i++) {
            at += i == 250 ? 420 : 20;
            float[] block = new float[160];
            java.util.Arrays.fill(block, i < 250 ? 0.25f : 0.5f);
            // Messages come up to 200 ms late, one in four on time.
            builder.add(at + (random.nextInt(4) == 0 ? 0 : random.nextInt(200)), block);
        }
        RecordingBuilder.Built built = builder.build();
        assertThat(built.lostMs()).as("seed %d", SEED).isCloseTo(400, within(1e-6));
        assertThat(built.recording().startMs()).isCloseTo(5000, within(1e-6));
        assertThat(built.recording().endMs()).isCloseTo(15_400, within(1e-6));
        assertThat(built.recording().sample(8000 * 5 - 1)).isEqualTo(0.25f);
        assertThat(built.recording().sample(8000 * 5 + 1600)).isZero();
        assertThat(built.recording().sample(8000 * 5 + 3200)).isEqualTo(0.5f);
        assertThatThrownBy(() -> new RecordingBuilder(8000).build()).hasMessageContaining("no audio");
    }

    @Test
    void knownSpeech() {
        SpeechActivity speech = SpeechActivity.ofSpans(List.of(new Span(100, 300), new Span(500, 900)));
        assertThat(speech.activeMs(0, 1000)).isEqualTo(600);
        assertThat(speech.activeMs(250, 600)).isEqualTo(150);
        assertThat(speech.isActive(100)).isTrue();
        assertThat(speech.isActive(300)).isFalse();
        assertThat(speech.isActive(950)).isFalse();
        assertThatThrownBy(() -> SpeechActivity.ofSpans(List.of(new Span(0, 10), new Span(5, 20))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Span(2, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
