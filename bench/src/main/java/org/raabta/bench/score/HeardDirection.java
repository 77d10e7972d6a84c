package org.raabta.bench.score;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** All that is known about the sound of one direction. A simulation, which has no sound, fills in what it knows. */
public record HeardDirection(BrokenSeconds.Heard heard, OptionalDouble estoi, OptionalDouble firstSoundMs) {
    /** From what was recorded at both ends, on one clock. */
    public static HeardDirection of(
            Recording sent,
            Recording received,
            Span call,
            Optional<PlayoutCounters> counters,
            Optional<RungTimeline> rungs) {
        DelayTrack track = Alignment.align(sent, received, Alignment.Search.USUAL);
        SpeechActivity speech = SpeechActivity.of(sent);
        List<Span> gaps = Gaps.find(speech, received, track, call);
        return new HeardDirection(
                new BrokenSeconds.Heard(speech, track, gaps, counters, rungs),
                HeardSpeech.estoi(sent, received, track, call),
                Gaps.firstSoundMs(received, call.fromMs()));
    }

    /** The longest silence in which speech was due, 0 if there was none. */
    public double longestGapMs() {
        return heard.gaps().stream().mapToDouble(Span::lengthMs).max().orElse(0);
    }

    /** Of the speech that was due in the call, the share that was concealed or silent. */
    public double lostSpeechRatio(Span call) {
        double speechMs = heard.sent().activeMs(call.fromMs(), call.toMs());
        double silentMs = heard.gaps().stream().mapToDouble(Span::lengthMs).sum();
        double silent = speechMs > 0 ? Math.min(1, silentMs / speechMs) : 0;
        double concealed = heard.counters()
                .map(c -> c.concealedRatio(call.fromMs(), call.toMs()).orElse(0))
                .orElse(0.0);
        return 1 - (1 - silent) * (1 - concealed);
    }
}
