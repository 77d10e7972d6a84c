package org.raabta.relay.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.VideoPlan;
import org.raabta.relay.control.SendCommand;

class CommanderTest {
    private static final long TICK_NANOS = 50_000_000L;
    private static final SendCommand FILM =
            new SendCommand(new AudioPlan(24_000, 20, false, false), new VideoPlan(600, 30, 480), true, 0, 0);

    private final Commander commander = new Commander();
    private long nowNanos;

    /** How often it was told to begin anew in so many seconds. */
    private int anew(SendCommand wanted, double picturesKbps, int seconds) {
        int count = 0;
        for (long end = nowNanos + seconds * 1_000_000_000L; nowNanos < end; nowNanos += TICK_NANOS) {
            @Nullable SendCommand told = commander.consider(wanted, picturesKbps, 100_000_000L, nowNanos);
            count += told != null && told.anew() ? 1 : 0;
        }
        return count;
    }

    @Test
    void aBrowserThatStaysBehindBeginsAnewAndLessAndLessOften() {
        assertThat(anew(FILM, 100, 2)).isZero();
        assertThat(anew(FILM, 100, 2)).isEqualTo(1);
        assertThat(anew(FILM, 100, 7)).isZero();
        assertThat(anew(FILM, 100, 3)).isEqualTo(1);
        assertThat(anew(FILM, 100, 600)).isBetween(8, 12);
        assertThat(anew(FILM, 500, 1)).as("it follows").isZero();
        assertThat(anew(FILM, 100, 4)).as("and falls behind once more").isEqualTo(1);
    }

    @Test
    void whereNothingIsKnownOrLittleIsAtStakeItGoesOn() {
        assertThat(anew(FILM, Double.NaN, 60)).isZero();
        SendCommand small = new SendCommand(FILM.audio(), new VideoPlan(100, 10, 240), true, 0, 0);
        assertThat(anew(small, 10, 60)).isZero();
        SendCommand none = new SendCommand(FILM.audio(), VideoPlan.OFF, true, 0, 0);
        assertThat(anew(none, 0, 60)).isZero();
    }
}
