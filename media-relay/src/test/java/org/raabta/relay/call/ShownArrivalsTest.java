package org.raabta.relay.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ShownArrivalsTest {
    private static final long MS = 1_000_000;
    private static final long PATH_NANOS = 100 * MS;

    private final ShownArrivals arrivals = new ShownArrivals();

    /** 24 bits of 2^-18 s, beginning just before they wrap. */
    private static int ticks(long leftNanos) {
        return (int) ((leftNanos * (1 << 18) / 1_000_000_000L + (1 << 24) - 1000) & 0xFFFFFF);
    }

    @Test
    void overACleanLinkLittleJitterIsShown() {
        SplittableRandom random = new SplittableRandom(1);
        double wavesMs = 0;
        double before = Double.NaN;
        int packets = 0;
        for (long left = 0; left < 120_000 * MS; left += 20 * MS) {
            long came = left + PATH_NANOS + random.nextLong(60 * MS);
            double delayMs = (arrivals.shown(ticks(left), true, came) - left) / 1e6;
            wavesMs += packets++ == 0 ? 0 : Math.abs(delayMs - before);
            before = delayMs;
        }
        assertThat(wavesMs / packets).as("of 20 ms from packet to packet").isLessThan(0.5);
    }

    /** The sender's estimator may be quicker than ours: what stands is shown, jitter or not. */
    @Test
    void aQueueThatGrowsIsShownBeforeAnybodyCallsItOne() {
        double delayMs = 0;
        for (long left = 0; left < 2_000 * MS; left += 20 * MS) {
            long queue = left / 10;
            delayMs = (arrivals.shown(ticks(left), true, left + PATH_NANOS + queue) - left) / 1e6;
        }
        assertThat(delayMs).isBetween(100.0 + 198 - 50 - 40, 100.0 + 198 - 50);
    }

    @Test
    void whereAQueueStandsWhatHappenedIsShown() {
        arrivals.shown(ticks(0), true, PATH_NANOS);
        long late = 20 * MS + PATH_NANOS + 90 * MS;
        assertThat(arrivals.shown(ticks(20 * MS), false, late)).isEqualTo(late);
        assertThat(arrivals.shown(false, late)).isEqualTo(late);
    }

    /** Speech of browsers that say of their pictures alone when they left. */
    @Test
    void aPacketThatDoesNotSayWhenItLeftSharedTheWayOfTheLastThatDid() {
        arrivals.shown(ticks(0), true, PATH_NANOS);
        long came = 20 * MS + PATH_NANOS + 40 * MS;
        arrivals.shown(ticks(20 * MS), true, came);
        assertThat(arrivals.shown(true, came + MS)).isCloseTo(came + MS - 40 * MS, within(MS / 10));
        assertThat(arrivals.shown(true, came + 200 * MS)).isEqualTo(came + 200 * MS);
    }

    @Test
    void afterALongPauseAndAfterAResetEverythingBeginsAnew() {
        arrivals.shown(ticks(0), true, PATH_NANOS);
        long came = 40_000 * MS;
        assertThat(arrivals.shown(ticks(7), true, came)).isEqualTo(came);
        arrivals.reset();
        assertThat(arrivals.shown(ticks(9), true, came + MS)).isEqualTo(came + MS);
    }
}
