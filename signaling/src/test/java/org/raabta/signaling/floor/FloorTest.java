package org.raabta.signaling.floor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.raabta.relay.control.LegId;

class FloorTest {
    private static final LegId PATIENT = new LegId("p-AAAAAAAA");
    private static final LegId DOCTOR = new LegId("d-BBBBBBBB");

    private final Floor floor = new Floor();

    private static long at(double seconds) {
        // Near the end of the clock's range: times are compared by difference.
        return Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(30) + (long) (seconds * 1e9);
    }

    @Test
    void oneHoldsItUntilItLetsGo() {
        assertThat(floor.want(PATIENT, at(0))).isTrue();
        assertThat(floor.want(DOCTOR, at(1))).isFalse();
        assertThat(floor.holder()).contains(PATIENT);
        assertThat(floor.release(DOCTOR, at(2))).as("not its own").isFalse();
        assertThat(floor.release(PATIENT, at(3))).isTrue();
        assertThat(floor.holder()).isEmpty();
        assertThat(floor.want(DOCTOR, at(3))).isTrue();
    }

    @Test
    void aDeadHolderLosesIt() {
        floor.want(PATIENT, at(0));
        floor.want(PATIENT, at(4));
        assertThat(floor.nextDeadlineNanos()).hasValue(at(14));
        assertThat(floor.tick(at(13.9))).isFalse();
        assertThat(floor.tick(at(14))).isTrue();
        assertThat(floor.want(PATIENT, at(14.5))).as("others first").isFalse();
        assertThat(floor.want(DOCTOR, at(14.6))).isTrue();
    }

    @Test
    void nobodySpeaksForEver() {
        floor.want(PATIENT, at(0));
        for (int second = 4; second < 60; second += 4) {
            assertThat(floor.want(PATIENT, at(second))).isFalse();
        }
        assertThat(floor.leftNanos(at(56))).isEqualTo(TimeUnit.SECONDS.toNanos(4));
        assertThat(floor.nextDeadlineNanos()).hasValue(at(60));
        assertThat(floor.want(DOCTOR, at(60))).as("taken and given in one").isTrue();
        assertThat(floor.holder()).contains(DOCTOR);
    }
}
