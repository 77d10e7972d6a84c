package org.raabta.bench.sim.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.raabta.bench.sim.model.DelayTrend.Signal;

class DelayTrendTest {
    private final DelayTrend trend = new DelayTrend();

    @Test
    void aConstantDelayIsNormal() {
        feed(0, 100, 0);
        assertThat(trend.signal()).isEqualTo(Signal.NORMAL);
    }

    @Test
    void aGrowingDelayIsOveruse() {
        feed(0, 50, 0);
        boolean overused = false;
        for (int i = 50; i < 100; i++) {
            trend.onPacket(20 * i, 20 * i + 100 + 5 * (i - 50));
            overused |= trend.signal() == Signal.OVERUSE;
        }
        assertThat(overused).isTrue();
    }

    @Test
    void aQueueThatEmptiesIsUnderuse() {
        feed(0, 50, 0);
        feed(50, 100, 5);
        boolean underused = false;
        for (int i = 100; i < 150; i++) {
            trend.onPacket(20 * i, 20 * i + 350 - 5 * (i - 100));
            underused |= trend.signal() == Signal.UNDERUSE;
        }
        assertThat(underused).isTrue();
    }

    private void feed(int from, int to, double growthMs) {
        for (int i = from; i < to; i++) {
            trend.onPacket(20 * i, 20 * i + 100 + growthMs * (i - from));
        }
    }
}
