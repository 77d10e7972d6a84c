package org.raabta.signaling.consult;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.raabta.relay.control.LegId;

/** The standard WebRTC clients of a room. Owned by the room. */
final class StandardLegs {
    private final RelayLink relay;
    private final Map<LegId, StandardLeg> legs = new HashMap<>();

    StandardLegs(RelayLink relay) {
        this.relay = relay;
    }

    /** The relay has the leg already, and hears of its whole transport now. */
    void joined(LegId id, StandardLeg leg, StandardLeg.Joined joined) {
        legs.put(id, leg);
        relay.call().setTransport(id, joined.transport());
        relay.describe(id, joined.media());
        relay.here(id);
        relay.media(id, joined.camera(), false);
    }

    boolean has(LegId id) {
        return legs.containsKey(id);
    }

    /** The server's next credentials; nothing if there is no such leg, or all are used up. */
    Optional<StandardLeg.Credentials> restartIce(LegId id, String ufrag, String password) {
        StandardLeg known = legs.get(id);
        if (known == null) {
            return Optional.empty();
        }
        Optional<StandardLeg.Credentials> next = known.next();
        if (next.isPresent()) {
            relay.call().setTransport(id, known.transport(ufrag, password));
        }
        return next;
    }

    void forget(LegId id) {
        legs.remove(id);
    }

    void clear() {
        legs.clear();
    }
}
