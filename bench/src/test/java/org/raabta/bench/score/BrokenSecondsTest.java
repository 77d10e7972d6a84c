package org.raabta.bench.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.raabta.adapter.Rung;

class BrokenSecondsTest {
    private static final Span CALL = new Span(10_000, 20_000);
    private static final SpeechActivity ALWAYS = SpeechActivity.ofSpans(List.of(new Span(0, 30_000)));
    private static final DelayTrack HALF_A_SECOND = new DelayTrack(List.of(new DelayTrack.Match(5000, 500, 1)));

    @Test
    void nothingWrongIsNothingBroken() {
        assertThat(broken(ALWAYS, List.of(), counters(0), null)).hasSize(10).containsOnly(false);
    }

    @Test
    void aGapBreaksItsSecondAndTheNextOnlyIfItReachesWellIntoIt() {
        assertThat(indexes(broken(ALWAYS, List.of(new Span(12_300, 12_500)), counters(0), null)))
                .containsExactly(2);
        assertThat(indexes(broken(ALWAYS, List.of(new Span(12_300, 12_499)), counters(0), null)))
                .isEmpty();
        assertThat(indexes(broken(ALWAYS, List.of(new Span(12_700, 13_050)), counters(0), null)))
                .containsExactly(2);
        assertThat(indexes(broken(ALWAYS, List.of(new Span(12_900, 13_100)), counters(0), null)))
                .containsExactly(2, 3);
        assertThat(indexes(broken(ALWAYS, List.of(new Span(12_700, 15_200)), counters(0), null)))
                .containsExactly(2, 3, 4, 5);
    }

    @Test
    void moreThanAFifthConcealedBreaks() {
        assertThat(indexes(broken(ALWAYS, List.of(), counters(0.2), null))).isEmpty();
        assertThat(indexes(broken(ALWAYS, List.of(), counters(0.21), null))).hasSize(10);
    }

    @Test
    void secondsWithoutSpeechOneDelayAgoCannotBreak() {
        // Said from 13.5 s to 13.69 s and from 15.5 s to 15.7 s: heard half a second later; 190 ms are too little.
        SpeechActivity little = SpeechActivity.ofSpans(List.of(new Span(13_500, 13_690), new Span(15_500, 15_700)));
        assertThat(indexes(broken(little, List.of(), counters(0.9), null))).containsExactly(6);
    }

    @Test
    void rungsWithoutLiveSpeechAreBrokenWhileTheSenderSpeaks() {
        RungTimeline rungs = new RungTimeline(List.of(
                new RungTimeline.Step(10_000, Rung.VOICE, "x"),
                new RungTimeline.Step(13_000, Rung.PUSH_TO_TALK, "x"),
                new RungTimeline.Step(14_000, Rung.NOTES, "x"),
                new RungTimeline.Step(15_500, Rung.PHONE, "x"),
                new RungTimeline.Step(17_000, Rung.THIN_VOICE, "x")));
        assertThat(indexes(broken(ALWAYS, List.of(), counters(0), rungs))).containsExactly(3, 4, 5, 6);
        assertThat(indexes(broken(SpeechActivity.ofSpans(List.of()), List.of(), counters(0), rungs)))
                .isEmpty();
    }

    @Test
    void silenceAndRestartsOfTheCountersAreTakenOut() {
        PlayoutCounters counters = new PlayoutCounters(List.of(
                new PlayoutCounters.Reading(0, 48_000, 0, 0),
                // A pause by DTX: all concealed, all silent.
                new PlayoutCounters.Reading(1000, 96_000, 48_000, 48_000),
                new PlayoutCounters.Reading(2000, 144_000, 60_000, 48_000),
                // A new connection.
                new PlayoutCounters.Reading(3000, 48_000, 24_000, 0)));
        assertThat(counters.concealedRatio(0, 1000)).isEmpty();
        assertThat(counters.concealedRatio(1000, 2000).orElseThrow()).isCloseTo(0.25, within(1e-9));
        assertThat(counters.concealedRatio(0, 2000).orElseThrow()).isCloseTo(0.25, within(1e-9));
        assertThat(counters.concealedRatio(2000, 3000).orElseThrow()).isCloseTo(0.5, within(1e-9));
        assertThat(counters.concealedRatio(1500, 2500).orElseThrow()).isCloseTo(0.375, within(1e-9));
        assertThat(counters.concealedRatio(5000, 6000)).isEmpty();
    }

    @Test
    void theDelayOfWhatWasSaidIsThatOfTheNearestMatch() {
        DelayTrack track =
                new DelayTrack(List.of(new DelayTrack.Match(3000, 1000, 1), new DelayTrack.Match(1000, 200, 1)));
        assertThat(track.dueDelayMs(999)).isZero();
        assertThat(track.dueDelayMs(1000)).isEqualTo(200);
        assertThat(track.dueDelayMs(2999)).isEqualTo(200);
        assertThat(track.dueDelayMs(9000)).isEqualTo(1000);
        // Said at 800 and at 2000.
        assertThat(track.delayOfSentMs(0)).isEqualTo(200);
        assertThat(track.delayOfSentMs(1399)).isEqualTo(200);
        assertThat(track.delayOfSentMs(1401)).isEqualTo(1000);
        assertThat(track.percentileMs(0.5, new Span(0, 2000))).hasValue(200);
        assertThat(new DelayTrack(List.of()).delayOfSentMs(7)).isZero();
    }

    @Test
    void silentAndConcealedSpeechAddUpToWhatWasLost() {
        HeardDirection heard = new HeardDirection(
                new BrokenSeconds.Heard(
                        ALWAYS,
                        HALF_A_SECOND,
                        List.of(new Span(11_000, 13_500)),
                        Optional.of(counters(0.2)),
                        Optional.empty()),
                java.util.OptionalDouble.empty(),
                java.util.OptionalDouble.empty());
        assertThat(heard.lostSpeechRatio(CALL)).isCloseTo(1 - 0.75 * 0.8, within(1e-6));
        assertThat(heard.longestGapMs()).isEqualTo(2500);
    }

    private static boolean[] broken(
            SpeechActivity sent,
            List<Span> gaps,
            PlayoutCounters counters,
            @org.jspecify.annotations.Nullable RungTimeline rungs) {
        return BrokenSeconds.of(
                new BrokenSeconds.Heard(sent, HALF_A_SECOND, gaps, Optional.of(counters), Optional.ofNullable(rungs)),
                CALL);
    }

    private static PlayoutCounters counters(double concealed) {
        List<PlayoutCounters.Reading> readings = new ArrayList<>();
        for (int second = 0; second <= 30; second++) {
            long total = second * 48_000L;
            readings.add(new PlayoutCounters.Reading(second * 1000.0, total, Math.round(total * concealed), 0));
        }
        return new PlayoutCounters(readings);
    }

    private static List<Integer> indexes(boolean[] broken) {
        List<Integer> out = new ArrayList<>();
        for (int i = 0; i < broken.length; i++) {
            if (broken[i]) {
                out.add(i);
            }
        }
        assertThat(BrokenSeconds.count(broken)).isEqualTo(out.size());
        return out;
    }
}
