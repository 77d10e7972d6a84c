package org.raabta.signaling.consult;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.raabta.adapter.Rung;

class RungTimesTest {
    private static final Instant T0 = Instant.parse("2026-01-01T10:00:00Z");

    @Test
    void onlyTimeInTheCallCounts() {
        RungTimes times = new RungTimes(T0);
        times.decided("patient>doctor", Rung.VOICE, T0);
        times.inCall(true, T0.plusSeconds(5));
        times.decided("patient>doctor", Rung.VIDEO, T0.plusSeconds(7));
        times.decided("doctor>patient", Rung.VIDEO, T0.plusSeconds(8));
        times.inCall(false, T0.plusSeconds(10));
        times.inCall(true, T0.plusSeconds(60));
        times.inCall(false, T0.plusMillis(60_500));
        assertThat(times.seconds())
                .isEqualTo(Map.of(
                        "patient>doctor", Map.of("voice", 2.0, "video", 3.5), "doctor>patient", Map.of("video", 2.5)));
    }

    @Test
    void aClockThatIsSetBackCostsNothingButThatTime() {
        RungTimes times = new RungTimes(T0);
        times.inCall(true, T0);
        times.decided("patient>doctor", Rung.VOICE, T0);
        times.inCall(true, T0.minusSeconds(100));
        times.inCall(true, T0.minusSeconds(90));
        assertThat(times.seconds()).isEqualTo(Map.of("patient>doctor", Map.of("voice", 10.0)));
    }
}
