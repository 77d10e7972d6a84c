package org.raabta.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SentNumbersTest {
    private final SentNumbers sent = new SentNumbers();

    @Test
    void beforeTheFirstThereIsNoGap() {
        assertThat(sent.gapsAmong(100, 5)).isZero();
        sent.add(1_000);
        assertThat(sent.gapsAmong(100, 1_000)).isZero();
        assertThat(sent.gaps()).isZero();
    }

    @Test
    void whatComesLateFillsItsGap() {
        sent.add(10);
        sent.add(13);
        assertThat(sent.gaps()).isEqualTo(2);
        sent.add(12);
        sent.add(12);
        assertThat(sent.gaps()).isEqualTo(1);
        assertThat(sent.gapsAmong(3, 13)).isEqualTo(1);
    }

    @Test
    void whatLiesFurtherBackIsTakenToHaveLeft() {
        sent.add(0);
        sent.add(30_000);
        assertThat(sent.gaps()).isEqualTo(29_999);
        assertThat(sent.gapsAmong(30_000, 30_000)).isEqualTo(SentNumbers.WINDOW - 1);
        assertThat(sent.gapsAmong(10, 5)).isZero();
    }

    /** Against a plain set of all numbers, over several turns of the wire's sixteen bits. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesWithAList(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Set<Long> left = new HashSet<>();
        long first = random.nextInt(1 << 15);
        long number = first;
        long highest = first;
        left.add(first);
        sent.add((int) first);
        for (int turn = 0; turn < 100_000; turn++) {
            number = highest + random.nextInt(-20, 25);
            if (number < first) {
                continue;
            }
            left.add(number);
            highest = Math.max(highest, number);
            sent.add((int) (number & 0xFFFF));
            if (turn % 997 == 0) {
                long last = highest - random.nextInt(200);
                int count = random.nextInt(500);
                long gaps = 0;
                for (long each = Math.max(first, last - count + 1); each <= last; each++) {
                    gaps += left.contains(each) ? 0 : 1;
                }
                assertThat(sent.gapsAmong(count, (int) last)).isEqualTo((int) gaps);
            }
        }
        assertThat(sent.gaps()).isEqualTo(highest - first + 1 - left.size());
    }
}
