package org.raabta.signaling.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WorksTest {
    /** It was 12 characters on a machine that had been up for a day, and 16 after six weeks: pages refused the former. */
    @Test
    void anIdHasSixteenCharactersWhereverTheClockBegan() {
        for (long nanos :
                new long[] {0, 999, 65_000_000_000_000L, 4_000_000_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE, -1}) {
            assertThat(Works.relayed(nanos)).matches("[A-Za-z0-9_-]{16}");
        }
        assertThat(Works.relayed(2_000)).isNotEqualTo(Works.relayed(3_000));
    }
}
