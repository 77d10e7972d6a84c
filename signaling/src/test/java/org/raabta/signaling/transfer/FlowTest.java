package org.raabta.signaling.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.raabta.relay.control.TransferRoom;
import org.raabta.relay.control.TransferRoom.Pause;

class FlowTest {
    private static final Offset<Integer> ROUNDING = within(1);

    private static int windowBytes(double kbps, double rttMs) {
        TransferRoom.Way way = new TransferRoom.Way(kbps, Pause.NONE);
        return Flow.up(new TransferRoom(way, way, rttMs), 0).windowBytes();
    }

    /** 16 kbps are 2 bytes a millisecond. */
    @Test
    void aRoundTripAndASecondAreUnderWayOnGprs() {
        assertThat(windowBytes(16, 1300)).isCloseTo(2 * 2300, ROUNDING);
        assertThat(windowBytes(16, 0)).as("the round trip is not known").isCloseTo(2 * 2300, ROUNDING);
    }

    /** Or a fall from 240 kbps to 32 finds 36 kB on their way, nine seconds of what is left. */
    @Test
    void aShortWayHasLessUnderWay() {
        assertThat(windowBytes(240, 200)).isCloseTo(30 * (200 + 400), ROUNDING);
        assertThat(windowBytes(240, 20)).isCloseTo(30 * (20 + 300), ROUNDING);
    }
}
