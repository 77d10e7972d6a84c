package org.raabta.signaling.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.raabta.adapter.LinkHint;

class UplinkLoadTest {
    private static final long MS = 1_000_000;

    private final UplinkLoad load = new UplinkLoad();

    /** 1500 bytes are 12 kbit: 36 ms of 330 kbps. */
    @Test
    void fourLoadsSayWhatTheLinkCarriesAndKeepAQuarterBack() {
        for (int i = 0; i < 3; i++) {
            assertThat(load.came(1500, i * 36L * MS)).isEmpty();
        }
        LinkHint hint = load.came(1500, 3 * 36 * MS).orElseThrow();
        assertThat(hint.upKbps()).isCloseTo(0.75 * 1.06 * 333, within(2.0));
        assertThat(hint.downKbps()).isZero();
        assertThat(hint.measured()).isTrue();
        assertThat(load.came(1500, 200 * MS)).as("once").isEmpty();
    }

    @Test
    void whatComesAtOnceProvesNoMoreThanThreadsCan() {
        for (int i = 0; i < 3; i++) {
            assertThat(load.came(1500, 0)).isEmpty();
        }
        assertThat(load.came(1500, 0).orElseThrow().upKbps()).isBetween(1_000.0, 2_500.0);
    }

    /** The first was held up on the way, and the others came with it. */
    @Test
    void whatCameDownBoundsIt() {
        load.downlink(167);
        for (int i = 0; i < 3; i++) {
            assertThat(load.came(1500, i * MS)).isEmpty();
        }
        assertThat(load.came(1500, 19 * MS).orElseThrow().upKbps()).isEqualTo(167);
    }

    @Test
    void smallLoadsSayNothing() {
        for (int i = 0; i < 8; i++) {
            assertThat(load.came(10, i * MS)).isEmpty();
        }
    }
}
