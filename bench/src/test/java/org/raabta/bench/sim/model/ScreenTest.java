package org.raabta.bench.sim.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.raabta.bench.emulator.Simulation;
import org.raabta.bench.score.VideoScore;
import org.raabta.relay.rtp.Nack;
import org.raabta.relay.rtp.PictureLossIndication;
import org.raabta.relay.rtp.RtcpCompound;
import org.raabta.relay.rtp.RtcpMessage;

/** Pictures of two packets each, one every 66 ms. */
class ScreenTest {
    private static final long MS = 1_000_000;

    private final Simulation simulation = new Simulation();
    private final List<RtcpMessage> said = new ArrayList<>();
    private final Screen screen = new Screen(
            simulation,
            new Outgoing(
                    simulation,
                    new Cable.Lan(MS),
                    new SendEstimate(),
                    rtp -> {},
                    rtcp -> said.addAll(
                            Objects.requireNonNull(RtcpCompound.tryParse(rtcp)).messages())));

    @Test
    void wholePicturesAreShownInOrder() {
        for (int picture = 0; picture < 10; picture++) {
            first(picture);
            second(picture);
        }
        simulation.runUntil(1000 * MS);
        assertThat(numbers()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(said).isEmpty();
    }

    @Test
    void aMissingPacketIsAskedForAndItsPictureWaited() {
        first(0);
        second(0);
        first(1);
        first(2);
        second(2);
        simulation.runUntil(150 * MS);
        assertThat(numbers()).containsExactly(0);
        assertThat(said)
                .first()
                .isInstanceOfSatisfying(
                        Nack.class, nack -> assertThat(nack.sequences()).containsExactly(103));
        second(1);
        assertThat(numbers()).containsExactly(0, 1, 2);
    }

    @Test
    void aKeyFrameIsAskedForWhenNothingCanBeShown() {
        first(0);
        second(0);
        for (int picture = 2; picture < 80; picture++) {
            int number = picture;
            simulation.at(number * 66L * MS, () -> {
                first(number);
                second(number);
            });
        }
        simulation.runUntil(4500 * MS);
        assertThat(numbers()).containsExactly(0);
        assertThat(said).hasAtLeastOneElementOfType(PictureLossIndication.class);
        screen.onPiece(1000, new Screen.Piece(true, true, true, 99, 1000));
        assertThat(numbers()).containsExactly(0, 99);
    }

    private List<Integer> numbers() {
        return screen.shown().stream().map(VideoScore.Shown::number).toList();
    }

    private void first(int picture) {
        screen.onPiece(100 + 2 * picture, new Screen.Piece(true, picture == 0, false, picture, 1000));
    }

    private void second(int picture) {
        screen.onPiece(101 + 2 * picture, new Screen.Piece(false, false, true, picture, 1000));
    }
}
