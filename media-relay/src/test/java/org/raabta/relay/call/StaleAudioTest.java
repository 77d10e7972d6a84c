package org.raabta.relay.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.raabta.relay.call.CallDriver.DOCTOR;
import static org.raabta.relay.call.CallDriver.PATIENT;
import static org.raabta.relay.call.Packets.speech;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.raabta.relay.rtp.SequenceNumbers;

class StaleAudioTest {
    private static final long MS = 1_000_000L;

    private final StaleAudio stale = new StaleAudio();

    /** Arrival times before any stall: in step with the media clock from -2^31 on, where it wraps. */
    private static int timestamp(int packet) {
        return Integer.MAX_VALUE - 5000 + packet * 960;
    }

    @Test
    void aBurstAfterAStallLeavesTheNewestPart() {
        // Packets 50 to 249 (4 s) wait out the stall and come at once; then speech goes on in step.
        int kept = run(0, 50, 20) + burst(50, 200, 5000, 0.1) + run(250, 100, 20);
        assertThat(kept).as("the first, which shows the stall, and 400 ms").isBetween(50 + 18 + 100, 50 + 23 + 100);
    }

    @Test
    void aShortStallLosesNothing() {
        assertThat(run(0, 50, 20) + burst(50, 48, 1980, 0.1) + run(98, 50, 20)).isEqualTo(148);
    }

    @Test
    void aQueueThatDrainsSlowlyLosesNothing() {
        for (double speed : new double[] {1, 1.2, 1.9}) {
            StaleAudio slow = new StaleAudio();
            int kept = 0;
            for (int n = 0; n < 50; n++) {
                kept += slow.keep(timestamp(n), n * 20L * MS) ? 1 : 0;
            }
            for (int n = 0; n < 150; n++) {
                kept += slow.keep(timestamp(50 + n), 4000 * MS + (long) (n * 20 / speed * MS)) ? 1 : 0;
            }
            assertThat(kept).as("%.1f times as fast as it plays", speed).isEqualTo(200);
        }
    }

    /** A link that comes back carries what stood in it two or three times as fast as it plays, with gaps. */
    @Test
    void whatComesTwiceAsFastIsABurst() {
        for (double speed : new double[] {2.4, 2.9, 6}) {
            StaleAudio back = new StaleAudio();
            int first = -1;
            for (int n = 0; n < 50; n++) {
                back.keep(timestamp(n), n * 20L * MS);
            }
            for (int n = 0; n < 1000 && first < 0; n++) {
                long gapMs = n > 1 ? 40 : 0;
                long atMs = 9000 + gapMs + (long) (n * 20 / speed);
                boolean old = 50 * 20 + n * 20 < atMs - 600;
                boolean kept = back.keep(timestamp(50 + n), atMs * MS);
                first = n > 50 && kept ? n : first;
                assertThat(kept && old && n > 50)
                        .as("%.1f: packet %d", speed, n)
                        .isFalse();
            }
            assertThat(first).as("%.1f", speed).isPositive();
        }
    }

    @Test
    void silenceIsNotAStall() {
        assertThat(stale.keep(0, 0)).isTrue();
        assertThat(stale.keep(48_000 * 5, 5000 * MS)).isTrue();
        assertThat(stale.keep(48_000 * 5 + 960, 5020 * MS)).isTrue();
    }

    @Test
    void aClockThatWasSetCostsAtMostNothing() {
        assertThat(run(1000, 10, 20)).isEqualTo(10);
        int kept = 0;
        for (int n = 0; n < 20; n++) {
            kept += stale.keep(n * 960, (20_200L + n * 20L) * MS) ? 1 : 0;
        }
        assertThat(kept).isEqualTo(20);
    }

    @Test
    void receiversHearNumbersWithoutAGapAndTimeThatJumps() {
        CallDriver driver = CallDriver.consultation();
        for (int n = 0; n < 10; n++) {
            driver.rtp(PATIENT, speech(1, 0, 0, n).bytes());
            driver.advanceMs(20);
        }
        driver.advanceMs(2000);
        for (int n = 10; n < 110; n++) {
            driver.rtp(PATIENT, speech(1, 0, 0, n).bytes());
        }
        List<CallDriver.Sent> heard = driver.rtpTo(DOCTOR);
        int dropped = 110 - heard.size();
        assertThat(driver.dropped(Drop.STALE_AUDIO)).isEqualTo(dropped).isBetween(75L, 82L);
        assertThat(driver.dropped(Drop.PADDING_ONLY)).isZero();
        assertThat(IntStream.range(1, heard.size())
                        .map(i -> SequenceNumbers.difference(
                                heard.get(i).rtp().sequenceNumber(),
                                heard.get(i - 1).rtp().sequenceNumber())))
                .containsOnly(1);
        assertThat(heard.get(heard.size() - 1).rtp().timestamp()
                        - heard.get(0).rtp().timestamp())
                .isEqualTo(109 * 960);
    }

    /** Kept packets of {@code count} that come in step with the media clock. */
    private int run(int first, int count, int millisEach) {
        int kept = 0;
        for (int n = first; n < first + count; n++) {
            kept += stale.keep(timestamp(n), n * (long) millisEach * MS) ? 1 : 0;
        }
        return kept;
    }

    private int burst(int first, int count, int atMs, double millisEach) {
        int kept = 0;
        for (int n = 0; n < count; n++) {
            kept += stale.keep(timestamp(first + n), atMs * MS + (long) (n * millisEach * MS)) ? 1 : 0;
        }
        return kept;
    }
}
