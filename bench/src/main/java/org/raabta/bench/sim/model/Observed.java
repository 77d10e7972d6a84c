package org.raabta.bench.sim.model;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.raabta.bench.emulator.Way;
import org.raabta.bench.score.BrokenSeconds;
import org.raabta.bench.score.DelayTrack;
import org.raabta.bench.score.Gaps;
import org.raabta.bench.score.HeardDirection;
import org.raabta.bench.score.RungTimeline;
import org.raabta.bench.score.SpeechActivity;
import org.raabta.bench.score.VideoScore;

/** What one media direction came to, in milliseconds since admit. */
public final class Observed {
    private final Way way;
    private final SpeechActivity said;
    private final Ear ear;
    private final Screen screen;
    private final RungTimeline rungs;
    private final List<Double> believedKbps;
    private final Pictures beside;

    /** @param believedKbps what the relay believed this way of the patient's link carries, at the end of each second */
    Observed(
            Way way,
            SpeechActivity said,
            Ear ear,
            Screen screen,
            RungTimeline rungs,
            List<Double> believedKbps,
            Pictures beside) {
        this.beside = beside;
        this.way = way;
        this.said = said;
        this.ear = ear;
        this.screen = screen;
        this.rungs = rungs;
        this.believedKbps = believedKbps;
    }

    /** Of the patient's link. */
    public Way way() {
        return way;
    }

    public HeardDirection heard(double endMs) {
        DelayTrack track = ear.track();
        return new HeardDirection(
                new BrokenSeconds.Heard(
                        said,
                        track,
                        Gaps.in(ear.silences(endMs), said, track),
                        Optional.of(ear.counters()),
                        Optional.of(rungs)),
                OptionalDouble.empty(),
                ear.firstSoundMs());
    }

    public OptionalDouble payloadKbps() {
        return ear.payloadKbps();
    }

    public List<VideoScore.Shown> pictures() {
        return screen.shown();
    }

    public double videoKbps(double endMs) {
        return screen.payloadBytes() * 8 / endMs;
    }

    /** What came beside the call. */
    public Pictures beside() {
        return beside;
    }

    public List<Double> believedKbps() {
        return believedKbps;
    }
}
