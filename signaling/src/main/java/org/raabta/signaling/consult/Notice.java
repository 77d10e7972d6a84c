package org.raabta.signaling.consult;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.raabta.adapter.Decision;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.MediaAddress;
import org.raabta.relay.control.Role;

/** What a room says to a page; docs/protocol.md, "Server to page". */
public sealed interface Notice {
    /** @param fingerprint of the relay's certificate, base64url */
    record Welcome(
            Role role,
            LegId leg,
            ConsultState state,
            Optional<String> name,
            Optional<String> language,
            Optional<Instant> opensAt,
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

    record Link(List<LegFigures> legs) implements Notice {}

    record LegFigures(
            LegId id,
            OptionalDouble rttMs,
            OptionalDouble upKbps,
            OptionalDouble downKbps,
            OptionalDouble lossUp,
            OptionalDouble lossDown) {}

    record Replaced() implements Notice {}

    record Ended(EndedBy by) implements Notice {}

    record Restarting() implements Notice {}

    record MediaLost(String reason) implements Notice {}
}
