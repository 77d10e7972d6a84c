package org.raabta.bench.sim.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.raabta.bench.score.Span;
import org.raabta.bench.score.SpeechActivity;

/** When each of the two speaks, in milliseconds since admit. */
record Talk(SpeechActivity patient, SpeechActivity doctor) {
    /** Of the live bench's sentences (11 to 12 words at 150 a minute), which take as long in espeak-ng's mouth. */
    private static final int LEAST_SENTENCE_MS = 2500;

    private static final int MOST_SENTENCE_MS = 6000;

    static Talk of(Scenario scenario, double endMs, SplittableRandom random) {
        List<Span> patient = new ArrayList<>();
        List<Span> doctor = new ArrayList<>();
        if (scenario != Scenario.HALF_TALK) {
            speakOn(patient, endMs, random);
            speakOn(doctor, endMs, random);
        } else {
            takeTurns(patient, doctor, endMs, random);
        }
        return new Talk(SpeechActivity.ofSpans(patient), SpeechActivity.ofSpans(doctor));
    }

    private static void speakOn(List<Span> said, double endMs, SplittableRandom random) {
        double atMs = random.nextInt(100, 601);
        while (atMs < endMs) {
            atMs = say(said, atMs, random) + random.nextInt(250, 701);
        }
    }

    private static void takeTurns(List<Span> patient, List<Span> doctor, double endMs, SplittableRandom random) {
        List<Span> speaker = doctor;
        double atMs = random.nextInt(100, 601);
        while (atMs < endMs) {
            for (int left = random.nextInt(1, 4); left > 0; left--) {
                atMs = say(speaker, atMs, random) + random.nextInt(250, 601);
            }
            atMs += random.nextInt(100, 501);
            speaker = speaker == doctor ? patient : doctor;
        }
    }

    private static double say(List<Span> said, double atMs, SplittableRandom random) {
        double toMs = atMs + random.nextInt(LEAST_SENTENCE_MS, MOST_SENTENCE_MS + 1);
        said.add(new Span(atMs, toMs));
        return toMs;
    }
}
