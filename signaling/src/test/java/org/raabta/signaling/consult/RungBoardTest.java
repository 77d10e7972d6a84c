package org.raabta.signaling.consult;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.raabta.adapter.Decision;
import org.raabta.adapter.Reason;
import org.raabta.adapter.Rung;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.LegId;

class RungBoardTest {
    private static final LegId PATIENT = new LegId("p");
    private static final LegId DOCTOR = new LegId("d");
    private static final LegId GUEST = new LegId("g");
    private static final Decision VIDEO = new Decision(Rung.VIDEO, Reason.UNCONSTRAINED);
    private static final Decision THIN = new Decision(Rung.VOICE, Reason.UPLINK_THIN);
    private static final Decision QUEUE = new Decision(Rung.VOICE, Reason.UPLINK_QUEUE);

    private final RungBoard board = new RungBoard();

    @Test
    void anotherReasonIsNewsForDoctorsOnly() {
        decided(PATIENT, DOCTOR, THIN);
        assertThat(board.news(PATIENT, true, false)).contains(rungs(THIN, null));
        assertThat(board.news(DOCTOR, true, true)).contains(rungs(null, THIN));
        decided(PATIENT, DOCTOR, QUEUE);
        assertThat(board.news(PATIENT, true, false)).isEmpty();
        assertThat(board.news(DOCTOR, true, true)).contains(rungs(null, QUEUE));
        assertThat(board.news(DOCTOR, true, true)).isEmpty();
        decided(PATIENT, DOCTOR, VIDEO);
        assertThat(board.news(PATIENT, true, false)).contains(rungs(VIDEO, null));
        decided(DOCTOR, PATIENT, QUEUE);
        assertThat(board.news(PATIENT, true, false)).as("what is received").contains(rungs(VIDEO, QUEUE));
    }

    @Test
    void whatIsToldLastIsWhatIsComparedWith() {
        decided(PATIENT, DOCTOR, THIN);
        board.news(PATIENT, true, false);
        decided(PATIENT, DOCTOR, QUEUE);
        board.news(PATIENT, true, false);
        decided(PATIENT, DOCTOR, THIN);
        assertThat(board.news(PATIENT, true, false)).isEmpty();
        board.forgetTold(PATIENT);
        assertThat(board.news(PATIENT, true, false)).as("a page that came back").contains(rungs(THIN, null));
    }

    @Test
    void theBestOfSeveralHearersCountsAndWhoLeavesCountsNoMore() {
        decided(PATIENT, DOCTOR, THIN);
        decided(PATIENT, GUEST, VIDEO);
        assertThat(board.news(PATIENT, true, false)).contains(rungs(VIDEO, null));
        board.forget(GUEST);
        assertThat(board.news(PATIENT, true, false)).contains(rungs(THIN, null));
        assertThat(board.decided(new Direction(PATIENT, DOCTOR), QUEUE)).contains(THIN);
        assertThat(board.decided(new Direction(PATIENT, GUEST), VIDEO)).isEmpty();
    }

    @Test
    void beforeTheCallThereIsNone() {
        decided(PATIENT, DOCTOR, VIDEO);
        assertThat(board.news(PATIENT, false, false)).contains(rungs(null, null));
        assertThat(board.news(PATIENT, true, false)).contains(rungs(VIDEO, null));
    }

    private void decided(LegId sender, LegId receiver, Decision decision) {
        board.decided(new Direction(sender, receiver), decision);
    }

    private static Notice.Rungs rungs(@Nullable Decision up, @Nullable Decision down) {
        return new Notice.Rungs(Optional.ofNullable(up), Optional.ofNullable(down));
    }
}
