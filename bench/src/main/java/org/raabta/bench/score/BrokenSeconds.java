package org.raabta.bench.score;

import java.util.List;
import java.util.Optional;

/**
 * The first measure of success (links-and-ladder, section 9): seconds on the listener's clock, from the doctor's admit on,
 * in which the other side speaks at least 200 ms and over 20 % of what is played is concealed, or a gap of 200 ms or more
 * falls, or the rung carries no live speech.
 */
public final class BrokenSeconds {
    public static final double LEAST_SPEECH_MS = 200;
    public static final double LEAST_GAP_MS = 200;
    public static final double MOST_CONCEALED = 0.2;
    /** A gap across the border of two seconds counts in each that holds this much of it; one of them always does. */
    private static final double GAP_SHARE_MS = LEAST_GAP_MS / 2;

    private BrokenSeconds() {}

    /** What was heard of one direction. Counters and rungs may be missing: a plain call has no rungs. */
    public record Heard(
            SpeechActivity sent,
            DelayTrack track,
            List<Span> gaps,
            Optional<PlayoutCounters> counters,
            Optional<RungTimeline> rungs) {}

    /** Per whole second of the call: whether it was broken. */
    public static boolean[] of(Heard heard, Span call) {
        boolean[] broken = new boolean[(int) (call.lengthMs() / 1000)];
        for (int i = 0; i < broken.length; i++) {
            broken[i] = isBroken(heard, call.fromMs() + i * 1000.0);
        }
        return broken;
    }

    public static int count(boolean[] broken) {
        int count = 0;
        for (boolean b : broken) {
            count += b ? 1 : 0;
        }
        return count;
    }

    private static boolean isBroken(Heard heard, double fromMs) {
        double toMs = fromMs + 1000;
        double delayMs = heard.track().dueDelayMs(fromMs);
        if (heard.sent().activeMs(fromMs - delayMs, toMs - delayMs) < LEAST_SPEECH_MS) {
            return false;
        }
        return heard.rungs().filter(r -> r.withoutLiveSpeech(fromMs, toMs)).isPresent()
                || heard.counters()
                        .filter(c -> c.concealedRatio(fromMs, toMs).orElse(0) > MOST_CONCEALED)
                        .isPresent()
                || heard.gaps().stream()
                        .anyMatch(g -> g.lengthMs() >= LEAST_GAP_MS && g.overlapMs(fromMs, toMs) >= GAP_SHARE_MS);
    }
}
