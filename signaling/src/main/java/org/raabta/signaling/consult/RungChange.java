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
    /** A direction's first; empty if one of its ends is not here. */
    static Optional<RungChange> of(ConsultView view, Direction direction, Decision decision, Instant at) {
        return view.leg(direction.sender())
                .flatMap(sender -> view.leg(direction.receiver())
                        .map(receiver -> new RungChange(
                                at, sender.role(), receiver.role(), direction, Optional.empty(), decision)));
    }

    /** The same where something was decided before. */
    RungChange after(Optional<Decision> earlier) {
        return new RungChange(at, from, to, direction, earlier, decision);
    }

    /** As in the HTTP contract. */
    String name() {
        return from.label() + ">" + to.label();
    }

    /** Whether it moved, and not only its reason. */
    boolean moved() {
        return before.isPresent() && before.get().rung() != decision.rung();
    }
}
