package org.raabta.adapter.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BurstsTest {
    private static final long MS = 1_000_000;
    private static final int PACKET_BYTES = 1200;

    private final Bursts bursts = new Bursts();
    private long sentBytes;

    @ParameterizedTest
    @ValueSource(doubles = {200, 780, 2000})
    void theSpacingOfWhatLeftTogetherIsTheRateOfTheLink(double linkKbps) {
        pictures(12, 3, linkKbps, 0);
        assertThat(bursts.kbps()).isCloseTo(linkKbps, within(0.01 * linkKbps));
    }

    @Test
    void aFewStallsDoNotCount() {
        pictures(12, 3, 800, 5);
        assertThat(bursts.kbps()).isCloseTo(800, within(10.0));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void jitterThatPushesPacketsTogetherIsNoFasterLink(long seed) {
        Random random = new Random(seed);
        long lastNanos = 0;
        for (int i = 0; i < 25; i++) {
            long sentNanos = i * (100 * MS);
            long leavesNanos = sentNanos;
            for (int k = 0; k < 4; k++) {
                sentBytes += PACKET_BYTES;
                leavesNanos += (long) (PACKET_BYTES * 8e6 / 780);
                // in the order of sending, as radio links keep it
                lastNanos = Math.max(lastNanos, leavesNanos + (long) (Math.abs(random.nextGaussian()) * 25 * MS));
                bursts.add(sentNanos, lastNanos, sentBytes);
            }
        }
        assertThat(bursts.kbps()).isBetween(0.7 * 780, 1.15 * 780);
    }

    @Test
    void fewBurstsAndSinglePacketsSayNothing() {
        assertThat(bursts.kbps()).isNaN();
        pictures(7, 3, 800, 0);
        assertThat(bursts.kbps()).isNaN();
        bursts.clear();
        pictures(40, 1, 800, 0);
        assertThat(bursts.kbps()).isNaN();
    }

    @Test
    void whatAnotherLinkDidIsForgotten() {
        pictures(12, 3, 800, 0);
        bursts.clear();
        assertThat(bursts.kbps()).isNaN();
        pictures(12, 3, 300, 0);
        assertThat(bursts.kbps()).isCloseTo(300, within(3.0));
    }

    /** One picture each 100 ms; of every {@code stalled}th the second packet is 80 ms late. */
    private void pictures(int count, int packets, double linkKbps, int stalled) {
        for (int i = 0; i <= count; i++) {
            long sentNanos = (sentBytes / PACKET_BYTES + i) * 100 * MS;
            long arrivedNanos = sentNanos + 50 * MS;
            for (int k = 0; k < packets; k++) {
                sentBytes += PACKET_BYTES;
                arrivedNanos += k == 0 ? 0 : (long) (PACKET_BYTES * 8e6 / linkKbps);
                arrivedNanos += k == 1 && stalled > 0 && i % stalled == 0 ? 80 * MS : 0;
                bursts.add(sentNanos + k * MS / 10, arrivedNanos, sentBytes);
            }
        }
    }
}
