package org.raabta.bench.score;

import java.util.ArrayList;
import java.util.List;

/**
 * Silences in which speech was due. Due is what was said one delay ago, with the delay the listener was used to before the
 * silence began; before anything was heard, what is being said now.
 */
public final class Gaps {
    private static final double SOUND_DB = 45;
    private static final double FLOOR_DB = -62;
    /** Shorter sounds are clicks and end no silence. */
    private static final int LEAST_SOUND_FRAMES = 3;
    /** Shorter absences of due speech are the ragged edges of words. */
    private static final double LEAST_MS = 60;

    private Gaps() {}

    /** The gaps on the listener's clock, inside {@code within}; times after the recording's end were not measured. */
    public static List<Span> find(SpeechActivity sent, Recording received, DelayTrack track, Span within) {
        return in(silences(received, within), sent, track);
    }

    /** Of known silences on the listener's clock, the stretches in which speech was due: at most one for each silence. */
    public static List<Span> in(List<Span> silences, SpeechActivity sent, DelayTrack track) {
        List<Span> gaps = new ArrayList<>();
        for (Span silence : silences) {
            double delayMs = track.dueDelayMs(silence.fromMs());
            double fromMs = Double.NaN;
            double toMs = Double.NaN;
            for (Span speech : sent.spans()) {
                double missingFromMs = Math.max(speech.fromMs() + delayMs, silence.fromMs());
                double missingToMs = Math.min(speech.toMs() + delayMs, silence.toMs());
                if (missingToMs - missingFromMs >= LEAST_MS) {
                    fromMs = Double.isNaN(fromMs) ? missingFromMs : fromMs;
                    toMs = missingToMs;
                }
            }
            if (!Double.isNaN(fromMs)) {
                gaps.add(new Span(fromMs, toMs));
            }
        }
        return gaps;
    }

    /** When the first sound that lasts was heard, at or after {@code fromMs}; empty if none was. */
    public static java.util.OptionalDouble firstSoundMs(Recording received, double fromMs) {
        for (Span sound : sounds(received)) {
            if (sound.toMs() > fromMs) {
                return java.util.OptionalDouble.of(Math.max(fromMs, sound.fromMs()));
            }
        }
        return java.util.OptionalDouble.empty();
    }

    private static List<Span> silences(Recording received, Span within) {
        double endMs = Math.min(within.toMs(), received.endMs());
        List<Span> out = new ArrayList<>();
        double at = within.fromMs();
        for (Span sound : sounds(received)) {
            if (sound.fromMs() > at && at < endMs) {
                out.add(new Span(at, Math.min(sound.fromMs(), endMs)));
            }
            at = Math.max(at, sound.toMs());
        }
        if (at < endMs) {
            out.add(new Span(at, endMs));
        }
        return out;
    }

    private static List<Span> sounds(Recording received) {
        Levels levels = Levels.of(received);
        double thresholdDb = Math.max(levels.loudDb() - SOUND_DB, FLOOR_DB);
        List<Span> out = new ArrayList<>();
        int from = -1;
        for (int i = 0; i <= levels.count(); i++) {
            boolean sound = i < levels.count() && levels.db(i) > thresholdDb;
            if (sound && from < 0) {
                from = i;
            } else if (!sound && from >= 0) {
                if (i - from >= LEAST_SOUND_FRAMES) {
                    out.add(new Span(levels.startMs(from), levels.startMs(i)));
                }
                from = -1;
            }
        }
        return out;
    }
}
