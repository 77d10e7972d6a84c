package org.raabta.bench.material;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.raabta.bench.score.Recording;
import org.raabta.bench.score.Span;
import org.raabta.bench.score.SpeechActivity;

/**
 * What both people say over a stretch of time, each as one track that begins at 0. The order of the sentences and the pauses
 * come from the seed.
 */
public final class Conversation {
    /** How the two share the time. */
    public enum Manner {
        /** Both speak all the time, with the pauses of reading aloud: the most that a call has to carry. */
        TALK,
        /** One speaks and the other listens, in turns of one to three sentences: how people talk. */
        HALF_TALK
    }

    /** A quiet room: microphones are never digitally silent. */
    private static final double ROOM_LEVEL = 0.0002;

    private static final double SPEECH_LEVEL = 0.08;

    private final Map<Voice, Recording> tracks;
    private final Map<Voice, SpeechActivity> speech;

    private Conversation(Map<Voice, Recording> tracks, Map<Voice, SpeechActivity> speech) {
        this.tracks = tracks;
        this.speech = speech;
    }

    public Recording track(Voice voice) {
        return requireNonNull(tracks.get(voice));
    }

    /** When a person's sentences are: what a simulation speaks by. Pauses inside a sentence are part of it. */
    public SpeechActivity speech(Voice voice) {
        return requireNonNull(speech.get(voice));
    }

    /** Longer than any delay that is searched for, or a loop of it would be taken for itself. */
    public static Conversation render(Manner manner, int seconds, long seed, Synthesizer synthesizer)
            throws IOException, InterruptedException {
        return new Rendering(seconds, seed, synthesizer).render(manner);
    }

    /** One rendering under way: the tracks so far and what has not been said yet. */
    private static final class Rendering {
        private final int seconds;
        private final Random random;
        private final long seed;
        private final Synthesizer synthesizer;
        private final Map<Voice, float[]> samples = new EnumMap<>(Voice.class);
        private final Map<Voice, List<Span>> spans = new EnumMap<>(Voice.class);
        private final Map<Voice, List<String>> unsaid = new EnumMap<>(Voice.class);
        private final Map<String, Recording> spoken = new HashMap<>();

        Rendering(int seconds, long seed, Synthesizer synthesizer) {
            this.seconds = seconds;
            this.seed = seed;
            this.random = new Random(seed);
            this.synthesizer = synthesizer;
            for (Voice voice : Voice.values()) {
                samples.put(voice, new float[seconds * Synthesizer.RATE_HZ]);
                spans.put(voice, new ArrayList<>());
                unsaid.put(voice, new ArrayList<>());
            }
        }

        Conversation render(Manner manner) throws IOException, InterruptedException {
            if (manner == Manner.TALK) {
                for (Voice voice : Voice.values()) {
                    double at = pause(100, 600);
                    while (at < seconds * 1000.0) {
                        at = say(voice, at) + pause(250, 700);
                    }
                }
            } else {
                Voice voice = Voice.DOCTOR;
                double at = pause(100, 600);
                while (at < seconds * 1000.0) {
                    for (int left = 1 + random.nextInt(3); left > 0; left--) {
                        at = say(voice, at) + pause(250, 600);
                    }
                    at += pause(100, 500);
                    voice = voice == Voice.DOCTOR ? Voice.PATIENT : Voice.DOCTOR;
                }
            }
            return finished();
        }

        private Conversation finished() {
            Map<Voice, Recording> tracks = new EnumMap<>(Voice.class);
            Map<Voice, SpeechActivity> speech = new EnumMap<>(Voice.class);
            for (Voice voice : Voice.values()) {
                Random room = new Random(voice.seed(seed));
                float[] track = requireNonNull(samples.get(voice));
                for (int i = 0; i < track.length; i++) {
                    track[i] += (float) (ROOM_LEVEL * room.nextGaussian());
                }
                tracks.put(voice, new Recording(track, Synthesizer.RATE_HZ, 0));
                speech.put(voice, SpeechActivity.ofSpans(requireNonNull(spans.get(voice))));
            }
            return new Conversation(tracks, speech);
        }

        /** Puts the next sentence at {@code atMs}, cut at the end of the track, and returns when it ends. */
        private double say(Voice voice, double atMs) throws IOException, InterruptedException {
            String sentence = next(voice);
            Recording said = spoken.get(sentence);
            if (said == null) {
                said = levelled(synthesizer.speak(voice, sentence));
                spoken.put(sentence, said);
            }
            float[] track = requireNonNull(samples.get(voice));
            int from = Math.min(track.length, (int) (atMs * Synthesizer.RATE_HZ / 1000));
            int count = Math.min(said.samples().length, track.length - from);
            System.arraycopy(said.samples(), 0, track, from, count);
            double endMs = (from + said.samples().length) * 1000.0 / Synthesizer.RATE_HZ;
            if (count > 0) {
                requireNonNull(spans.get(voice)).add(new Span(atMs, Math.min(endMs, seconds * 1000.0)));
            }
            return endMs;
        }

        private String next(Voice voice) {
            List<String> left = requireNonNull(unsaid.get(voice));
            if (left.isEmpty()) {
                left.addAll(voice.sentences());
                Collections.shuffle(left, random);
            }
            return left.remove(left.size() - 1);
        }

        private double pause(int leastMs, int mostMs) {
            return leastMs + random.nextInt(mostMs - leastMs + 1);
        }

        /** Both voices equally loud, and without the silence that the synthesiser puts around a sentence. */
        private static Recording levelled(Recording said) {
            float[] in = said.samples();
            int from = 0;
            int to = in.length;
            while (from < to && Math.abs(in[from]) < 0.003) {
                from++;
            }
            while (to > from && Math.abs(in[to - 1]) < 0.003) {
                to--;
            }
            double energy = 0;
            for (int i = from; i < to; i++) {
                energy += in[i] * in[i];
            }
            float gain = (float) (SPEECH_LEVEL / Math.sqrt(energy / Math.max(1, to - from) + 1e-12));
            float[] out = new float[to - from];
            for (int i = 0; i < out.length; i++) {
                out[i] = Math.max(-0.95f, Math.min(0.95f, in[from + i] * gain));
            }
            return new Recording(out, said.rateHz(), 0);
        }
    }
}
