package org.raabta.signaling.consult;

import static org.assertj.core.api.Assertions.assertThat;
import static org.raabta.signaling.consult.LadderViews.D;
import static org.raabta.signaling.consult.LadderViews.P;
import static org.raabta.signaling.consult.LadderViews.direction;
import static org.raabta.signaling.consult.LadderViews.estimate;
import static org.raabta.signaling.consult.LadderViews.leg;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.Reason;
import org.raabta.adapter.Rung;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.Role;

class CallQualityTest {
    private static final Estimate CLEAN = estimate(500, Estimate.State.CLEAN, 20);

    @ParameterizedTest
    @CsvSource({
        "VIDEO, UNCONSTRAINED, CLEAN, 20, GOOD",
        "VOICE, CAMERA_OFF, CLEAN, 20, GOOD",
        "VOICE, PINNED, CLEAN, 20, GOOD",
        "LOW_VIDEO, UPLINK_THIN, CLEAN, 20, FAIR",
        "VIDEO, UNCONSTRAINED, CLEAN, 151, FAIR",
        "VIDEO, UNCONSTRAINED, DRAINING, 20, FAIR",
        "VIDEO, UNCONSTRAINED, OVERUSED, 20, FAIR",
        "VIDEO, UNCONSTRAINED, SEVERE, 20, POOR",
        "VOICE, CAMERA_OFF, SILENT, 20, POOR",
        "THIN_VOICE, UPLINK_THIN, CLEAN, 20, POOR",
        "NOTES, UPLINK_SILENT, CLEAN, 20, POOR",
        "NARROW_VOICE, DOWNLINK_THIN, CLEAN, 20, FAIR",
    })
    void whatIsWantedAndWhatTheLinkDoes(
            Rung rung, Reason reason, Estimate.State state, double queueMs, CallQuality quality) {
        Estimate link = estimate(500, state, queueMs);
        CallSnapshot up = LadderViews.call(
                leg(P, Role.PATIENT, link, CLEAN),
                leg(D, Role.DOCTOR, CLEAN, CLEAN),
                direction(P, D, rung, reason),
                direction(D, P, Rung.VIDEO, Reason.UNCONSTRAINED));
        assertThat(CallQuality.of(P, LadderViews.directions(up), up)).contains(quality);
        CallSnapshot down = LadderViews.call(
                leg(P, Role.PATIENT, CLEAN, link),
                leg(D, Role.DOCTOR, CLEAN, CLEAN),
                direction(P, D, Rung.VIDEO, Reason.UNCONSTRAINED),
                direction(D, P, rung, reason));
        assertThat(CallQuality.of(P, LadderViews.directions(down), down)).contains(quality);
    }

    @Test
    void nobodyToTalkToIsNoQuality() {
        CallSnapshot alone = LadderViews.call(leg(P, Role.PATIENT, CLEAN, CLEAN), leg(D, Role.DOCTOR, CLEAN, CLEAN));
        assertThat(CallQuality.of(P, List.of(), alone)).isEmpty();
    }

    @Test
    void theWordHoldsForSomeLooks() {
        QualityBoard board = new QualityBoard();
        assertThat(board.look(P, CallQuality.GOOD)).contains(CallQuality.GOOD);
        assertThat(looks(board, CallQuality.FAIR, CallQuality.GOOD, CallQuality.FAIR, CallQuality.GOOD))
                .as("a link that comes and goes")
                .containsOnly(Optional.empty());
        assertThat(looks(board, CallQuality.FAIR, CallQuality.FAIR))
                .containsExactly(Optional.empty(), Optional.of(CallQuality.FAIR));
        assertThat(looks(board, CallQuality.POOR)).containsExactly(Optional.of(CallQuality.POOR));
        assertThat(looks(
                        board,
                        CallQuality.GOOD,
                        CallQuality.GOOD,
                        CallQuality.FAIR,
                        CallQuality.FAIR,
                        CallQuality.FAIR))
                .containsExactly(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(CallQuality.FAIR));
        board.forget(P);
        assertThat(board.look(P, CallQuality.FAIR))
                .as("a page that came back knows nothing")
                .contains(CallQuality.FAIR);
    }

    private static List<Optional<CallQuality>> looks(QualityBoard board, CallQuality... seen) {
        return List.of(seen).stream().map(quality -> board.look(P, quality)).toList();
    }
}
