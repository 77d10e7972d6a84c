package org.raabta.signaling.api;

import org.raabta.signaling.consult.ConsultState;
import org.raabta.signaling.consult.Room;
import org.raabta.signaling.http.Problem;
import org.raabta.signaling.link.Token;

/** Whether a right token leads anywhere: the room must go on, and its role must have been invited. */
final class Admission {
    private Admission() {}

    static void check(Room room, Token token) {
        if (!room.row().invited().contains(token.role().label())) {
            throw Problem.LINK_UNKNOWN.exception("");
        }
        checkOver(room);
    }

    static void checkOpen(Room room, Token token) {
        if (room.early(token.role())) {
            throw Problem.WRONG_STATE.exception("the link is not open yet");
        }
    }

    static void checkOver(Room room) {
        ConsultState state = room.view().state();
        if (state == ConsultState.EXPIRED) {
            throw Problem.LINK_EXPIRED.exception("");
        }
        if (state == ConsultState.ENDED) {
            throw Problem.CONSULT_ENDED.exception("");
        }
    }
}
