package org.raabta.bench.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecoveryFloorTest {
    @Test
    void afterACliffTheQueueDrainsAtTheNewRate() {
        // 780 kbit/s for a round trip of 1.3 s would take 29 s at 35 kbit/s; the queue holds 4 s.
        assertThat(RecoveryFloor.ms(Links.shipped("cliff"))).hasValue(4000);
    }

    @Test
    void aLinkWithoutAFallHasNoRecovery() {
        assertThat(RecoveryFloor.ms(Links.shipped("hspa-avg"))).isEmpty();
        assertThat(RecoveryFloor.ms(Links.shipped("outage-15"))).isEmpty();
    }
}
