package org.raabta.signaling.consult;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.Role;

/**
 * What everybody in a consultation may see of it.
 *
 * @param since when it entered this state
 * @param legs  those that are here or expected back, in order of arrival
 */
public record ConsultView(ConsultState state, Instant since, List<LegView> legs) {
    /**
     * @param connected    media flows or could
     * @param socket       the page's control socket is open
     * @param waitingSince when the person first was ready
     */
    public record LegView(
            LegId id,
            Role role,
            LegKind kind,
            boolean connected,
            boolean socket,
            Optional<Instant> waitingSince,
            boolean camera) {}

    /** Empty if there is no such leg. */
    public Optional<LegView> leg(LegId id) {
        return legs.stream().filter(leg -> leg.id().equals(id)).findFirst();
    }
}
