package org.raabta.bench.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.raabta.bench.link.Links;

class FloorsTest {
    @Test
    void theFirstWordCannotBeFasterThanTheLongerWay() {
        // 350 ms one way and 120 bytes at 12 kbit/s.
        assertThat(Floors.admitToAudioMs(Links.shipped("gprs-thin")).orElseThrow())
                .isCloseTo(350 + 80, within(0.5));
    }
}
