package org.raabta.bench.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.raabta.bench.material.Conversation;
import org.raabta.bench.material.Synthesizer;
import org.raabta.bench.material.Voice;

/**
 * The scores against truth: recordings damaged in known ways give the known delay, gaps and loss, and a falling ESTOI.
 * The speech is synthesised (Debian's package espeak-ng).
 */
class TruthTest {
    private static final long SEED = 42;
    private static final int SECONDS = 24;
    private static final int RATE_HZ = 48_000;
    /** The received recording begins elsewhere on the run's clock than the sent one. */
    private static final double RECEIVED_START_MS = 1234.5;

    /** Narrower than usual, to be quick. */
    private static final Alignment.Search NEAR = new Alignment.Search(-50, 2500);

    private static Recording patient = new Recording(new float[0], RATE_HZ, 0);
    private static Recording doctor = new Recording(new float[0], RATE_HZ, 0);

    @BeforeAll
    static void speak() throws Exception {
        Conversation conversation = Conversation.render(Conversation.Manner.TALK, SECONDS, SEED, new Synthesizer());
        patient = conversation.track(Voice.PATIENT);
        doctor = conversation.track(Voice.DOCTOR);
    }

    @Test
    void aKnownDelayIsFound() {
        for (double delayMs : new double[] {180, 412.75, 1990, 6800}) {
            Recording received = heard(delayMs, List.of(), 0);
            DelayTrack track = Alignment.align(patient, received, delayMs > 3000 ? Alignment.Search.USUAL : NEAR);
            assertThat(track.matches()).as("seed %d", SEED).hasSizeGreaterThan(40);
            assertThat(track.percentileMs(0.5, all(received)).orElseThrow()).isCloseTo(delayMs, within(0.5));
            assertThat(track.percentileMs(0.95, all(received)).orElseThrow()).isCloseTo(delayMs, within(0.5));
        }
    }

    @Test
    void noiseAndSmallDropoutsDoNotMoveTheDelay() {
        Recording received = heard(731, lost(0.1, 20), 0.05);
        DelayTrack track = Alignment.align(patient, received, NEAR);
        assertThat(track.percentileMs(0.05, all(received)).orElseThrow())
                .as("seed %d", SEED)
                .isCloseTo(731, within(1.0));
        assertThat(track.percentileMs(0.95, all(received)).orElseThrow())
                .as("seed %d", SEED)
                .isCloseTo(731, within(1.0));
    }

    @Test
    void aStepOfTheDelayIsFollowed() {
        // From 12 s on everything comes 900 ms later: a stall that delays and loses nothing.
        int step = indexOf(12_000);
        int late = indexOf(900);
        float[] samples = new float[patient.samples().length + late];
        System.arraycopy(patient.samples(), 0, samples, 0, step);
        System.arraycopy(patient.samples(), step, samples, step + late, patient.samples().length - step);
        Recording received = new Recording(samples, RATE_HZ, 300);
        DelayTrack track = Alignment.align(patient, received, NEAR);
        assertThat(track.dueDelayMs(11_000)).isCloseTo(300, within(1.0));
        assertThat(track.dueDelayMs(20_000)).isCloseTo(1200, within(1.0));
        List<Span> gaps = Gaps.find(SpeechActivity.of(patient), received, track, all(received));
        assertThat(longestMs(gaps)).isBetween(600.0, 1000.0);
        assertThat(estoi(received, track)).isGreaterThan(0.95);
    }

    @Test
    void knownGapsAreFound() {
        SpeechActivity speech = SpeechActivity.of(patient);
        // Silences cut into running speech: what is missing is their overlap with speech, first to last.
        List<Span> cuts =
                List.of(inSpeech(speech, 3000, 500), inSpeech(speech, 8000, 1300), inSpeech(speech, 15_000, 250));
        Recording received = heard(400, cuts, 0);
        DelayTrack track = Alignment.align(patient, received, NEAR);
        List<Span> gaps = Gaps.find(speech, received, track, all(received)).stream()
                .filter(gap -> gap.lengthMs() >= BrokenSeconds.LEAST_GAP_MS)
                .toList();
        assertThat(gaps).as("seed %d", SEED).hasSize(cuts.size());
        for (int i = 0; i < gaps.size(); i++) {
            Span due = spoken(speech, cuts.get(i));
            assertThat(gaps.get(i).fromMs()).isCloseTo(due.fromMs() + 400, within(30.0));
            assertThat(gaps.get(i).toMs()).isCloseTo(due.toMs() + 400, within(30.0));
        }
    }

    @Test
    void anUndamagedRecordingHasNoGaps() {
        Recording received = heard(400, List.of(), 0);
        DelayTrack track = Alignment.align(patient, received, NEAR);
        assertThat(Gaps.find(SpeechActivity.of(patient), received, track, new Span(1700, received.endMs())))
                .isEmpty();
        assertThat(estoi(received, track)).isGreaterThan(0.99);
        assertThat(Gaps.firstSoundMs(received, RECEIVED_START_MS).orElseThrow()).isLessThan(RECEIVED_START_MS + 700);
    }

    @Test
    void lossMakesEstoiFall() {
        double before = 1.01;
        for (double share : new double[] {0, 0.05, 0.15, 0.3, 0.5, 0.7}) {
            Recording received = heard(500, lost(share, 60), 0);
            double now = estoi(received, Alignment.align(patient, received, NEAR));
            assertThat(now).as("share %s, seed %d", share, SEED).isLessThan(before);
            before = now;
        }
        assertThat(before).isLessThan(0.4);
    }

    @Test
    void noiseMakesEstoiFall() {
        double before = 1.01;
        for (double level : new double[] {0, 0.01, 0.04, 0.12, 0.4}) {
            Recording received = heard(500, List.of(), level);
            double now = estoi(received, Alignment.align(patient, received, NEAR));
            assertThat(now).as("level %s, seed %d", level, SEED).isLessThan(before);
            before = now;
        }
    }

    @Test
    void unrelatedSpeechIsNotTakenForWhatWasSaid() {
        Recording received = new Recording(doctor.samples(), RATE_HZ, RECEIVED_START_MS);
        DelayTrack track = Alignment.align(patient, received, Alignment.Search.USUAL);
        assertThat(track.matches()).as("seed %d", SEED).isEmpty();
        assertThat(estoi(received, track)).isLessThan(0.2);
    }

    @Test
    void nothingHeardIsAllGapAndNoDelay() {
        Recording received = new Recording(new float[SECONDS * RATE_HZ], RATE_HZ, 0);
        DelayTrack track = Alignment.align(patient, received, NEAR);
        assertThat(track.matches()).isEmpty();
        assertThat(track.percentileMs(0.5, all(received))).isEmpty();
        assertThat(Gaps.firstSoundMs(received, 0)).isEmpty();
        assertThat(longestMs(Gaps.find(SpeechActivity.of(patient), received, track, all(received))))
                .isGreaterThan(SECONDS * 1000 - 1500);
        assertThat(estoi(received, track)).isCloseTo(0, within(1e-9));
    }

    @Test
    void theWholeChainBreaksTheSecondsThatWereCut() {
        SpeechActivity speech = SpeechActivity.of(patient);
        Span cut = inSpeech(speech, 8000, 1300);
        Span call = new Span(2000, 22_000);
        HeardDirection heard =
                HeardDirection.of(patient, heard(400, List.of(cut), 0), call, Optional.empty(), Optional.empty());
        assertThat(heard.longestGapMs()).as("seed %d", SEED).isCloseTo(1300, within(40.0));
        assertThat(heard.estoi().orElseThrow()).isBetween(0.85, 0.97);
        assertThat(heard.firstSoundMs().orElseThrow()).isBetween(2000.0, 3200.0);
        boolean[] broken = BrokenSeconds.of(heard.heard(), call);
        for (int second = 0; second < broken.length; second++) {
            double fromMs = call.fromMs() + second * 1000.0;
            double missingMs = cut.overlapMs(fromMs - 400, fromMs + 600);
            if (Math.abs(missingMs - 100) > 40) { // nearer to the border it may fall either way
                assertThat(broken[second])
                        .as("second %d, seed %d", second, SEED)
                        .isEqualTo(missingMs > 100);
            }
        }
        assertThat(BrokenSeconds.count(broken)).isBetween(1, 3);
    }

    private double estoi(Recording received, DelayTrack track) {
        return HeardSpeech.estoi(patient, received, track, new Span(2000, 22_000))
                .orElseThrow();
    }

    /** What the patient said, heard {@code delayMs} later with cuts (on the sender's clock) and noise in it. */
    private static Recording heard(double delayMs, List<Span> cuts, double noise) {
        Random random = new Random(SEED);
        float[] samples = patient.samples().clone();
        for (Span cut : cuts) {
            Arrays.fill(samples, indexOf(cut.fromMs()), Math.min(samples.length, indexOf(cut.toMs())), 0f);
        }
        int shift = indexOf(delayMs - RECEIVED_START_MS);
        float[] out = new float[samples.length + Math.max(0, shift)];
        for (int i = 0; i < out.length; i++) {
            int from = i - shift;
            out[i] = (from >= 0 && from < samples.length ? samples[from] : 0) + (float) (noise * random.nextGaussian());
        }
        return new Recording(out, RATE_HZ, RECEIVED_START_MS);
    }

    /** Packets of {@code packetMs}, this share of them lost. */
    private static List<Span> lost(double share, double packetMs) {
        Random random = new Random(SEED);
        List<Span> out = new ArrayList<>();
        for (double at = 0; at < SECONDS * 1000; at += packetMs) {
            if (random.nextDouble() < share) {
                out.add(new Span(at, at + packetMs));
            }
        }
        return out;
    }

    /** The first stretch of this length from {@code fromMs} on that begins and ends in the midst of speech. */
    private static Span inSpeech(SpeechActivity speech, double fromMs, double lengthMs) {
        double at = fromMs;
        while (speech.activeMs(at - 30, at + 80) < 110
                || speech.activeMs(at + lengthMs - 80, at + lengthMs + 30) < 110) {
            at += 10;
        }
        return new Span(at, at + lengthMs);
    }

    private static Span spoken(SpeechActivity speech, Span cut) {
        List<Span> inside = speech.spans().stream()
                .filter(s -> s.overlapMs(cut.fromMs(), cut.toMs()) >= 60)
                .toList();
        return new Span(
                Math.max(cut.fromMs(), inside.get(0).fromMs()),
                Math.min(cut.toMs(), inside.get(inside.size() - 1).toMs()));
    }

    private static double longestMs(List<Span> gaps) {
        return gaps.stream().mapToDouble(Span::lengthMs).max().orElse(0);
    }

    private static Span all(Recording recording) {
        return new Span(recording.startMs(), recording.endMs());
    }

    private static int indexOf(double ms) {
        return (int) Math.round(ms * RATE_HZ / 1000);
    }
}
