package org.raabta.signaling.consult;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.raabta.adapter.Estimate;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.LegId;

/** Joins what the state machine knows with the relay's figures. */
final class StatusView {
    private StatusView() {}

    static ConsultStatus of(ConsultView view, CallSnapshot snapshot) {
        Map<LegId, CallSnapshot.LegSnapshot> measured = new HashMap<>();
        snapshot.legs().forEach(leg -> measured.put(leg.id(), leg));
        List<CallSnapshot.LegSnapshot> legs = new ArrayList<>();
        for (ConsultView.LegView leg : view.legs()) {
            legs.add(withFigures(leg, measured.get(leg.id())));
        }
        Map<String, CallSnapshot.DirectionSnapshot> directions = new TreeMap<>();
        for (Notice.DirectionFigures direction : directions(view, snapshot)) {
            directions.put(direction.name(), direction.figures());
        }
        return new ConsultStatus(view.state(), legs, directions);
    }

    private static CallSnapshot.LegSnapshot withFigures(
            ConsultView.LegView leg, CallSnapshot.@org.jspecify.annotations.Nullable LegSnapshot figures) {
        if (figures == null) {
            OptionalDouble none = OptionalDouble.empty();
            return new CallSnapshot.LegSnapshot(
                    leg.id(),
                    leg.role(),
                    leg.kind(),
                    leg.connected(),
                    none,
                    none,
                    none,
                    none,
                    none,
                    0,
                    Estimate.UNKNOWN,
                    Estimate.UNKNOWN);
        }
        return new CallSnapshot.LegSnapshot(
                leg.id(),
                leg.role(),
                leg.kind(),
                leg.connected(),
                figures.rttMs(),
                figures.uplinkKbps(),
                figures.downlinkKbps(),
                figures.lossUp(),
                figures.lossDown(),
                figures.linkBytes(),
                figures.up(),
                figures.down());
    }

    /** Every direction between legs that are here; none before the call. */
    static List<Notice.DirectionFigures> directions(ConsultView view, CallSnapshot snapshot) {
        List<Notice.DirectionFigures> directions = new ArrayList<>();
        if (view.state().admitted()) {
            for (CallSnapshot.DirectionSnapshot direction : snapshot.directions()) {
                Optional<ConsultView.LegView> sender =
                        view.leg(direction.direction().sender());
                Optional<ConsultView.LegView> receiver =
                        view.leg(direction.direction().receiver());
                if (sender.isPresent() && receiver.isPresent()) {
                    directions.add(new Notice.DirectionFigures(
                            sender.get().role(), receiver.get().role(), direction));
                }
            }
        }
        return directions;
    }

    /** How things stand for one page: whether it has joined, and whether its own media is up. */
    static ConsultState placeOf(LegId id, ConsultView view) {
        if (view.state().over()) {
            return view.state();
        }
        for (ConsultView.LegView leg : view.legs()) {
            if (leg.id().equals(id) && leg.waitingSince().isPresent()) {
                if (!view.state().admitted()) {
                    return ConsultState.WAITING;
                }
                return leg.connected() ? ConsultState.CALL : ConsultState.RECONNECTING;
            }
        }
        return ConsultState.CREATED;
    }
}
