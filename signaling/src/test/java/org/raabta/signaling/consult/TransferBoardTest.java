package org.raabta.signaling.consult;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.StillPicture;
import org.raabta.relay.control.TransferRoom;

class TransferBoardTest {
    private static final LegId PATIENT = new LegId("p-1");
    private static final LegId DOCTOR = new LegId("d-1");
    private static final TransferRoom.Way WAY = new TransferRoom.Way(8, TransferRoom.Pause.NONE);

    private final TransferBoard board = new TransferBoard();

    @Test
    void theLatestRoomHoldsUntilTheLegIsGone() {
        assertThat(board.room(PATIENT)).isEmpty();
        TransferRoom room = new TransferRoom(WAY, WAY, 900);
        board.room(PATIENT, room);
        assertThat(board.room(PATIENT)).contains(room);
        board.forget(PATIENT);
        assertThat(board.room(PATIENT)).isEmpty();
    }

    @Test
    void theNewestPictureReplacesWhatWasNotSent() {
        StillPicture older = new StillPicture(new byte[30], 160, 120);
        StillPicture newer = new StillPicture(new byte[40], 160, 120);
        board.still(PATIENT, DOCTOR, older);
        board.still(PATIENT, DOCTOR, newer);
        assertThat(board.takeStill(DOCTOR).map(TransferBoard.FromVideo::picture))
                .contains(newer);
        assertThat(board.takeStill(DOCTOR)).isEqualTo(Optional.empty());
        board.still(PATIENT, DOCTOR, newer);
        board.forget(PATIENT);
        assertThat(board.takeStill(DOCTOR)).as("its sender is gone").isEmpty();
    }
}
