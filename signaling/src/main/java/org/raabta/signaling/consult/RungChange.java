package org.raabta.signaling.consult;

import java.time.Instant;
import java.util.Optional;
import org.raabta.adapter.Decision;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.Role;

/**
 * A direction stands on another rung, or on the same one for another reason.
 *
 * @param before empty for a direction's first
 */
record RungChange(Instant at, Role from, Role to, Direction direction, Optional<Decision> before, Decision decision) {
    /** As in the HTTP contract. */
    String name() {
        return from.label() + ">" + to.label();
    }

    /** Whether it moved, and not only its reason. */
    boolean moved() {
        return before.isPresent() && before.get().rung() != decision.rung();
    }
}
