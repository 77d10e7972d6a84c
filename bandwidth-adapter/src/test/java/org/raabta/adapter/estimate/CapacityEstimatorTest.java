package org.raabta.adapter.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.raabta.adapter.Confidence;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.Estimate.State;

class CapacityEstimatorTest {
    private static final long MS = 1_000_000;
    private static final long CONFIRMED_MS = 20_000;

    private static CapacityEstimator estimator() {
        return new CapacityEstimator(EstimatorSettings.DEFAULTS, 0);
    }

    /** Voice of {@code bytes} every 60 ms over a way of 300 ms. */
    private static void voice(CapacityEstimator estimator, int bytes, long fromMs, long untilMs) {
        for (long ms = fromMs; ms < untilMs; ms += 60) {
            estimator.onTimed(ms * MS, (ms + 300) * MS, bytes * (1 + ms / 60), (ms + 300) * MS);
            estimator.onTick((ms + 340) * MS);
        }
    }

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(estimator().estimate()).isEqualTo(Estimate.UNKNOWN);
        assertThat(estimator().nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aHintIsAGuessUntilItIsProven() {
        CapacityEstimator estimator = estimator();
        estimator.hint(35, Confidence.LOW);
        assertThat(estimator.estimate().kbps()).isEqualTo(35);
        assertThat(estimator.estimate().confidence()).isEqualTo(Confidence.LOW);
        voice(estimator, 150, 0, 4000);
        assertThat(estimator.estimate().kbps()).isGreaterThanOrEqualTo(35);
        assertThat(estimator.estimate().confidence()).isEqualTo(Confidence.MEDIUM);
    }

    @Test
    void aGuessThatSpeechNeverReachesGivesWayToWhatIsProven() {
        CapacityEstimator estimator = estimator();
        estimator.hint(290, Confidence.LOW);
        voice(estimator, 480, 0, 8000); // 64 kbps, the dearest speech there is
        assertThat(estimator.estimate().confidence()).isEqualTo(Confidence.MEDIUM);
        assertThat(estimator.estimate().kbps()).isBetween(100.0, 110.0);
    }

    @Test
    void aPauseSaysNothingOfAGuess() {
        CapacityEstimator estimator = estimator();
        estimator.hint(60, Confidence.LOW);
        voice(estimator, 30, 0, 8000); // 4 kbps
        assertThat(estimator.estimate().kbps()).isEqualTo(60);
    }

    @Test
    void aMeasuredHintCounts() {
        CapacityEstimator estimator = estimator();
        estimator.hint(200, Confidence.MEDIUM);
        assertThat(estimator.estimate().confidence()).isEqualTo(Confidence.MEDIUM);
        estimator.hint(35, Confidence.LOW);
        assertThat(estimator.estimate().kbps()).isEqualTo(200);
    }

    @Test
    void whatIsNotTriedIsNotPromised() {
        CapacityEstimator estimator = estimator();
        voice(estimator, 150, 0, 60_000);
        // 150 bytes in 60 ms are 20 kbps.
        assertThat(estimator.estimate().kbps()).isBetween(30.0, 41.0);
    }

    /** Packets of 500 bytes through a link of {@code linkKbps}; answers when it is done with the last of them. */
    private static double flow(
            CapacityEstimator estimator, double linkKbps, double sentKbps, long[] bytes, long fromMs, long untilMs) {
        double freeMs = fromMs;
        double everyMs = 500 * 8 / sentKbps;
        for (double ms = fromMs; ms < untilMs; ms += everyMs) {
            bytes[0] += 500;
            freeMs = Math.max(freeMs, ms) + 500 * 8 / linkKbps;
            long arrived = (long) (freeMs * 1e6);
            estimator.onTimed((long) (ms * 1e6), arrived + 50_000_000, bytes[0], arrived + 50_000_000);
            estimator.onTick(arrived + 50_000_000);
        }
        return freeMs;
    }

    @Test
    void onceTheLinkWasFullTheEstimateDoesNotRunAwayFromWhatFlows() {
        CapacityEstimator estimator = new CapacityEstimator(EstimatorSettings.DEFAULTS, 0);
        long[] bytes = {0};
        flow(estimator, 600, 300, bytes, 0, 4_000);
        double freeMs = flow(estimator, 600, 900, bytes, 4_000, 6_000);
        assertThat(estimator.estimate().kbps()).as("full").isLessThan(620);
        long calmMs = (long) freeMs + 100;
        flow(estimator, 600, 560, bytes, calmMs, calmMs + 8_000);
        assertThat(estimator.estimate().kbps()).as("near").isBetween(540.0, 740.0);
        flow(estimator, 600, 560, bytes, calmMs + 8_000, calmMs + 60_000);
        assertThat(estimator.estimate().kbps()).as("free again").isGreaterThan(780);
    }

    @Test
    void silenceIsFrozenAndResumedAtHalf() {
        CapacityEstimator estimator = estimator();
        estimator.expectSigns(true, 0);
        voice(estimator, 150, 0, 10_000);
        double before = estimator.estimate().kbps();
        long deadline = estimator.nextDeadlineNanos();
        while (estimator.estimate().state() != State.SILENT) {
            deadline = estimator.nextDeadlineNanos();
            estimator.onTick(deadline);
        }
        assertThat(deadline / MS).isBetween(13_000L, 14_000L);
        assertThat(estimator.estimate().kbps()).isGreaterThanOrEqualTo(before);
        assertThat(estimator.nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(estimator.mayTransmit(1000, deadline)).isFalse();
        assertThat(estimator.mayTransmit(100, deadline)).isTrue();
        estimator.onSent(100, deadline);
        assertThat(estimator.mayTransmit(100, deadline + 1000 * MS)).isFalse();
        assertThat(estimator.mayTransmit(100, deadline + 2000 * MS)).isTrue();
        estimator.onSign(25_000 * MS);
        assertThat(estimator.estimate().state()).isEqualTo(State.CLEAN);
        assertThat(estimator.estimate().kbps()).isBetween(9.0, 11.0);
        assertThat(estimator.estimate().confidence()).isEqualTo(Confidence.LOW);
    }

    @Test
    void whoExpectsNothingIsNotWorried() {
        CapacityEstimator estimator = estimator();
        voice(estimator, 150, 0, 2000);
        estimator.expectSigns(false, 3000 * MS);
        estimator.onTick(100_000 * MS);
        assertThat(estimator.estimate().state()).isEqualTo(State.CLEAN);
    }

    @Test
    void aThinLinkTakesSoMuchAtOnce() {
        CapacityEstimator estimator = estimator();
        estimator.hint(30, Confidence.MEDIUM);
        estimator.onRoundTrip(1000 * MS, 0);
        // 30 kbps in 1.4 s are 5250 bytes.
        int sent = 0;
        while (estimator.mayTransmit(100, 10 * MS)) {
            estimator.onSent(100, 10 * MS);
            sent += 100;
        }
        assertThat(sent).isBetween(5000, 5300);
        estimator.onTimed(10 * MS, 1000 * MS, sent, 1500 * MS);
        assertThat(estimator.mayTransmit(100, 1500 * MS)).isTrue();
        CapacityEstimator wide = estimator();
        wide.hint(500, Confidence.MEDIUM);
        wide.onSent(1_000_000, 10 * MS);
        assertThat(wide.mayTransmit(1000, 10 * MS)).isTrue();
    }

    @Test
    void withoutTimedPacketsTheRoundTripIsTheSignal() {
        CapacityEstimator estimator = estimator();
        estimator.hint(30, Confidence.MEDIUM);
        long nowMs = 0;
        for (; nowMs < 30_000; nowMs += 120) {
            estimator.onSent(150, nowMs * MS);
            if (nowMs % 3000 == 0) {
                estimator.onRoundTrip(700 * MS, nowMs * MS);
            }
        }
        assertThat(estimator.estimate().state()).isEqualTo(State.CLEAN);
        assertThat(estimator.estimate().kbps()).isGreaterThanOrEqualTo(20);
        estimator.onRoundTrip(1900 * MS, nowMs * MS);
        assertThat(estimator.estimate().state()).isEqualTo(State.CLEAN);
        estimator.onRoundTrip(2400 * MS, (nowMs + 3000) * MS);
        assertThat(estimator.estimate().state()).isEqualTo(State.OVERUSED);
        assertThat(estimator.estimate().kbps()).isLessThan(10);
        estimator.onRoundTrip(2900 * MS, (nowMs + 6000) * MS);
        assertThat(estimator.estimate().state()).isEqualTo(State.SEVERE);
        assertThat(estimator.mayTransmit(100, (nowMs + 6000) * MS)).isFalse();
    }

    /** Another, longer way: what this little feeds is no queue that stays level. */
    @Test
    void roundTripsThatStayLevelAreTheWayItself() {
        CapacityEstimator estimator = estimator();
        estimator.hint(30, Confidence.MEDIUM);
        for (long nowMs = 0; nowMs < 60_000; nowMs += 120) {
            estimator.onSent(150, nowMs * MS);
            if (nowMs % 3000 == 0) {
                estimator.onRoundTrip((nowMs < 20_000 ? 200 : 1300) * MS, nowMs * MS);
            }
        }
        assertThat(estimator.estimate().state()).isEqualTo(State.CLEAN);
        assertThat(estimator.estimate().kbps()).isGreaterThanOrEqualTo(10);
    }

    /**
     * Twenty seconds of 400 kbps; every 100 ms what left 100 ms before is confirmed.
     *
     * @param pauseMs once a second no confirmation comes for so long
     */
    private static CapacityEstimator confirmed(long pauseMs) {
        CapacityEstimator estimator = estimator();
        estimator.hint(500, Confidence.MEDIUM);
        long sent = 0;
        for (long nowMs = 0; nowMs < CONFIRMED_MS; nowMs += 20) {
            estimator.onSent(1000, nowMs * MS);
            sent += 1000;
            if (nowMs >= 200 && nowMs % 100 == 0 && nowMs % 1000 >= pauseMs) {
                estimator.onTimed((nowMs - 100) * MS, (nowMs - 50) * MS, sent - 5000, nowMs * MS);
            }
        }
        return estimator;
    }

    /** From when on pictures wait, ms after the last confirmation, while packets go on. */
    private static long picturesStop(CapacityEstimator estimator) {
        for (long afterMs = 0; afterMs < 2_000; afterMs += 10) {
            estimator.onSent(100, (CONFIRMED_MS + afterMs) * MS);
            if (!estimator.mayTransmit(1000, (CONFIRMED_MS + afterMs) * MS)) {
                return afterMs;
            }
        }
        throw new AssertionError("never");
    }

    @Test
    void picturesWaitSoonWhereFeedbackIsSteadyAndLaterWhereItIsNot() {
        long steady = picturesStop(confirmed(0));
        long unsteady = picturesStop(confirmed(400));
        assertThat(steady).isBetween(100L, 300L);
        assertThat(unsteady).isBetween(steady + 100, 700L);
    }

    /** The first ones that come late out of a link that has fallen must not let pictures go on. */
    @Test
    void whatAFallMakesLateDoesNotExcuseWhatComesAfterIt() {
        CapacityEstimator estimator = confirmed(0);
        long stopped = CONFIRMED_MS + picturesStop(estimator);
        long sent = 50 * CONFIRMED_MS;
        for (long afterMs = 0; afterMs < 400; afterMs += 20) {
            long nowMs = stopped + afterMs;
            estimator.onSent(100, nowMs * MS);
            // What tells of the fall waits in its queue: it is of what left long before.
            if (afterMs == 200) {
                estimator.onTimed((CONFIRMED_MS + 20) * MS, (CONFIRMED_MS + 70) * MS, sent, nowMs * MS);
            }
            assertThat(estimator.mayTransmit(1000, nowMs * MS)).isFalse();
        }
        estimator.onTimed((stopped + 380) * MS, (stopped + 430) * MS, sent, (stopped + 480) * MS);
        assertThat(estimator.mayTransmit(1000, (stopped + 480) * MS)).isTrue();
    }

    /** EDGE: the first packet of a call is confirmed after more than a second, and that is what is usual there. */
    @Test
    void theFirstFeedbackOfALongWayIsNotOverdue() {
        CapacityEstimator estimator = estimator();
        estimator.hint(240, Confidence.MEDIUM);
        for (long nowMs = 0; nowMs < 3_000; nowMs += 20) {
            estimator.onSent(600, nowMs * MS);
            if (nowMs >= 1_080 && nowMs % 120 == 0) {
                estimator.onTimed((nowMs - 1_060) * MS, (nowMs - 600) * MS, 30 * (nowMs - 1_060), nowMs * MS);
            }
            assertThat(estimator.estimate().state()).isEqualTo(State.CLEAN);
            assertThat(estimator.mayTransmit(600, nowMs * MS)).isTrue();
        }
    }

    /** Speech paused; the first packet after it is young, whatever was confirmed last. */
    @Test
    void nothingGrowsOldWhileNothingIsSent() {
        CapacityEstimator estimator = confirmed(0);
        long nowMs = CONFIRMED_MS;
        estimator.onTimed((nowMs - 20) * MS, (nowMs + 30) * MS, 50 * nowMs, (nowMs + 80) * MS);
        nowMs += 4_000;
        estimator.onSent(1000, nowMs * MS);
        estimator.onTick((nowMs + 100) * MS);
        assertThat(estimator.estimate().state()).isEqualTo(State.CLEAN);
        assertThat(estimator.mayTransmit(1000, (nowMs + 100) * MS)).isTrue();
    }

    @Test
    void feedbackThatGrowsOldStopsPicturesThenCountsAsSevere() {
        CapacityEstimator estimator = confirmed(0);
        long nowMs = CONFIRMED_MS;
        long sent = 50 * CONFIRMED_MS;
        assertThat(estimator.mayTransmit(1000, nowMs * MS)).isTrue();
        for (long lateMs = 0; lateMs < 700; lateMs += 20) {
            estimator.onSent(100, (nowMs + lateMs) * MS);
        }
        assertThat(estimator.mayTransmit(1000, (nowMs + 800) * MS)).isFalse();
        assertThat(estimator.estimate().state()).isEqualTo(State.CLEAN);
        assertThat(estimator.nextDeadlineNanos()).isGreaterThan((nowMs + 800) * MS);
        estimator.onTick((nowMs + 1400) * MS);
        assertThat(estimator.estimate().state()).isEqualTo(State.SEVERE);
        estimator.onTimed((nowMs + 680) * MS, (nowMs + 730) * MS, sent, (nowMs + 1450) * MS);
        assertThat(estimator.mayTransmit(1000, (nowMs + 1450) * MS)).isTrue();
    }

    /** Nobody speaks, as on notes: a socket and reports go on, and no feedback is owed for them. */
    @Test
    void whatNobodyConfirmsMakesNoFeedbackOld() {
        CapacityEstimator estimator = confirmed(0);
        long nowMs = CONFIRMED_MS;
        for (long endMs = nowMs + 60_000; nowMs < endMs; nowMs += 100) {
            estimator.onBeside(500, nowMs * MS);
        }
        estimator.onTick(nowMs * MS);
        assertThat(estimator.estimate().state()).isEqualTo(State.CLEAN);
        assertThat(estimator.mayTransmit(500, nowMs * MS)).isTrue();
    }

    @Test
    void lossWithoutDelayCountsOnlyWhenItIsMuchAndFollowsTheRate() {
        CapacityEstimator estimator = estimator();
        voice(estimator, 150, 0, 10_000);
        double before = estimator.estimate().kbps();
        estimator.onLoss(4, 8, 10_500 * MS);
        estimator.onLoss(1, 50, 11_000 * MS);
        assertThat(estimator.estimate().kbps()).isEqualTo(before);
        estimator.onLoss(30, 100, 13_000 * MS);
        double lower = estimator.estimate().kbps();
        assertThat(lower).isLessThan(18);
        // It is no better with less: the link is like that.
        estimator.onLoss(30, 100, 15_000 * MS);
        estimator.onLoss(30, 100, 17_000 * MS);
        assertThat(estimator.estimate().kbps()).isEqualTo(lower);
        assertThat(estimator.estimate().loss()).isEqualTo(0.3);
    }

    @Test
    void anotherNetworkIsAnotherLink() {
        CapacityEstimator estimator = estimator();
        voice(estimator, 150, 0, 10_000);
        double before = estimator.estimate().kbps();
        estimator.onNetworkChange(11_000 * MS);
        assertThat(estimator.estimate().kbps()).isLessThan(before);
        assertThat(estimator.estimate().confidence()).isEqualTo(Confidence.LOW);
        assertThat(estimator.estimate().queueMs()).isZero();
    }

    @Test
    void aClockThatIsSetIsNoQueue() {
        for (long stepMs : new long[] {-3_600_000, -5_000, 5_000, 3_600_000}) {
            CapacityEstimator estimator = estimator();
            voice(estimator, 150, 0, 10_000);
            for (long ms = 10_020; ms < 20_000; ms += 60) {
                estimator.onTimed((ms + stepMs) * MS, (ms + 300) * MS, 150 * (1 + ms / 60), (ms + 300) * MS);
            }
            assertThat(estimator.estimate().state()).as("step %d", stepMs).isEqualTo(State.CLEAN);
            assertThat(estimator.estimate().queueMs()).as("step %d", stepMs).isLessThan(100);
        }
    }

    @Test
    void garbageIsCountedAndNothingElse() {
        for (long seed = 1; seed <= 40; seed++) {
            Random random = new Random(seed);
            long now = random.nextLong() >> 2;
            CapacityEstimator estimator = new CapacityEstimator(EstimatorSettings.DEFAULTS, now);
            for (int i = 0; i < 3000; i++) {
                now += (long) (random.nextDouble() * 500 * MS);
                anything(estimator, random, now);
                Estimate e = estimator.estimate();
                assertThat(e.kbps()).as("seed %d step %d", seed, i).isFinite().isBetween(0.0, 50_000.0);
                assertThat(e.queueMs())
                        .as("seed %d step %d", seed, i)
                        .isFinite()
                        .isNotNegative();
                assertThat(e.loss()).as("seed %d step %d", seed, i).isBetween(0.0, 1.0);
                assertThat(e.rttMs()).as("seed %d step %d", seed, i).isFinite().isNotNegative();
            }
            for (Oddity oddity : Oddity.values()) {
                assertThat(estimator.count(oddity))
                        .as("%s, seed %d", oddity, seed)
                        .isPositive();
            }
        }
    }

    private static void anything(CapacityEstimator estimator, Random random, long now) {
        switch (random.nextInt(10)) {
            case 0 -> estimator.onTimed(wild(random, now), wild(random, now), wild(random, 100_000), now);
            case 1, 2, 3 -> estimator.onTimed(now, now + random.nextInt(1_000_000_000), now / 1000, now);
            case 4 -> estimator.onLoss((int) wild(random, 3), (int) wild(random, 30), now);
            case 5 -> estimator.onRoundTrip(wild(random, 300 * MS), now);
            case 6 -> estimator.onSent((int) wild(random, 1000), now);
            case 7 -> {
                estimator.expectSigns(random.nextBoolean(), now);
                if (random.nextInt(20) == 0) {
                    estimator.onNetworkChange(now);
                }
            }
            case 8 ->
                estimator.hint(
                        random.nextBoolean() ? Double.longBitsToDouble(random.nextLong()) : random.nextInt(1000),
                        List.of(Confidence.values()).get(random.nextInt(4)));
            default -> {
                estimator.onTick(now);
                estimator.mayTransmit((int) wild(random, 1000), now);
            }
        }
        // Inputs that are given no time leave the last one standing.
        estimator.onTick(now);
        assertThat(estimator.nextDeadlineNanos()).isGreaterThan(now);
    }

    private static long wild(Random random, long usual) {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextLong();
            case 1 -> -usual;
            case 2 -> random.nextBoolean() ? Long.MAX_VALUE : Long.MIN_VALUE;
            default -> usual + random.nextInt(1000);
        };
    }
}
