package org.raabta.signaling.consult;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.Confidence;
import org.raabta.adapter.Decision;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.Plan;
import org.raabta.adapter.Reason;
import org.raabta.adapter.Rung;
import org.raabta.adapter.VideoPlan;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.Role;

/** Snapshots of calls that never were. */
public final class LadderViews {
    static final LegId P = new LegId("p-AAAAAAAA");
    static final LegId D = new LegId("d-BBBBBBBB");

    private LadderViews() {}

    static Estimate estimate(double kbps, Estimate.State state, double queueMs) {
        return new Estimate(kbps, Confidence.MEDIUM, state, queueMs, 0.01, 700, 0);
    }

    static CallSnapshot.LegSnapshot leg(LegId id, Role role, Estimate up, Estimate down) {
        OptionalDouble none = OptionalDouble.empty();
        return new CallSnapshot.LegSnapshot(
                id,
                role,
                LegKind.WEB,
                true,
                OptionalDouble.of(1310.4),
                OptionalDouble.of(17.54),
                none,
                none,
                none,
                0,
                up,
                down);
    }

    static CallSnapshot.DirectionSnapshot direction(LegId from, LegId to, Rung rung, Reason reason) {
        return new CallSnapshot.DirectionSnapshot(
                new Direction(from, to),
                new Plan(
                        new Decision(rung, reason),
                        new AudioPlan(8000, 60, true, false),
                        rung.carriesVideo() ? new VideoPlan(120.4, 15, 240) : VideoPlan.OFF,
                        32),
                OptionalDouble.of(18.25));
    }

    static CallSnapshot call(
            CallSnapshot.LegSnapshot patient,
            CallSnapshot.LegSnapshot doctor,
            CallSnapshot.DirectionSnapshot... directions) {
        return new CallSnapshot(List.of(patient, doctor), List.of(directions), Map.of("REPLAYED", 3L));
    }

    /** As {@link StatusView} would name them, were both here and admitted. */
    static List<Notice.DirectionFigures> directions(CallSnapshot snapshot) {
        return snapshot.directions().stream()
                .map(one -> one.direction().sender().equals(P)
                        ? new Notice.DirectionFigures(Role.PATIENT, Role.DOCTOR, one)
                        : new Notice.DirectionFigures(Role.DOCTOR, Role.PATIENT, one))
                .toList();
    }
}
