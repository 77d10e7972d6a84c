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

    @Test
    void aPageTakesThreeRoundTripsAndItsBytesAtTheRate() {
        // 30 and 12 kbps, 700 ms.
        assertThat(Floors.pageMs(Links.shipped("gprs-thin"), 15_000, 3_000)).hasValue(2100 + 4000 + 2000);
        assertThat(Floors.pageMs(Links.shipped("gprs-thin"), 0, 0)).hasValue(0);
    }

    @Test
    void aFirstVisitTakesFourRoundTripsItsBytesAndOneMessageUp() {
        assertThat(Floors.coldMs(Links.shipped("gprs-thin"), 15_000)).hasValue(2800 + 4000 + 350 + 80);
    }

    @Test
    void theWaitingRoomTakesOneMessageUpOnceTheSocketIsOpen() {
        assertThat(Floors.waitingMs(Links.shipped("gprs-thin"), 5_000)).hasValue(350 + 80);
        assertThat(Floors.waitingMs(Links.shipped("gprs-thin"), 100)).hasValue(2000 + 350 + 80);
    }
}
