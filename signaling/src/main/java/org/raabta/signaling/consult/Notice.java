package org.raabta.signaling.consult;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.raabta.adapter.Decision;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.MediaAddress;
import org.raabta.relay.control.Role;
import org.raabta.relay.control.SendCommand;

/** What a room says to a page; docs/protocol.md, "Server to page". */
public sealed interface Notice {
    /**
     * @param opensIn     how long the link stays closed yet; nothing once it is open
     * @param fingerprint of the relay's certificate, base64url
     */
    record Welcome(
            Role role,
            LegId leg,
            ConsultState state,
            Optional<String> name,
            Optional<String> language,
            Optional<Instant> opensAt,
            Optional<Duration> opensIn,
            Instant expiresAt,
            MediaAddress relay,
            String fingerprint,
            String run)
            implements Notice {}

    /** @param gen of the offer that is accepted */
    record Answer(int gen) implements Notice {}

    /** @param you the reader's own place: created (not ready yet), waiting, call, reconnecting, or how it is over */
    record State(ConsultView view, ConsultState you) implements Notice {}

    /** Empty before the call. */
    record Rungs(Optional<Decision> up, Optional<Decision> down) implements Notice {}

    /**
     * How to send from now on.
     *
     * @param number counts what this leg was told; the same again when it is repeated
     */
    record Send(int number, SendCommand command) implements Notice {}

    record Link(List<CallSnapshot.LegSnapshot> legs, List<DirectionFigures> directions) implements Notice {}

    /** A direction with the roles of its ends. */
    record DirectionFigures(Role from, Role to, CallSnapshot.DirectionSnapshot figures) {
        /** As in the HTTP contract. */
        public String name() {
            return from.label() + ">" + to.label();
        }
    }

    record Quality(CallQuality quality) implements Notice {}

    /** What travels beside the call, ready made by its {@code Exchange}. */
    record Beside(ObjectNode message) implements Notice {}

    record Replaced() implements Notice {}

    record Ended(EndedBy by) implements Notice {}

    record Restarting() implements Notice {}

    record MediaLost(String reason) implements Notice {}
}
