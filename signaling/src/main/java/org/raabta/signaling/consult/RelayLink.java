package org.raabta.signaling.consult;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.Rung;
import org.raabta.relay.control.CallControl;
import org.raabta.relay.control.CallEvents;
import org.raabta.relay.control.CallId;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.LegSpec;
import org.raabta.relay.control.LocalIce;
import org.raabta.relay.control.RelayControl;
import org.raabta.relay.control.Role;

/** A room's call on the relay: made with its first leg, made anew after a bug there. Owned by the room. */
final class RelayLink {
    private final CallId id;
    private final RelayControl relay;
    private final CallEvents events;
    private final Map<LegId, LegSpec> legs = new LinkedHashMap<>();
    private @Nullable CallControl call;
    private boolean admitted;

    RelayLink(long consult, RelayControl relay, CallEvents events) {
        this.id = new CallId(consult);
        this.relay = relay;
        this.events = events;
    }

    CallId id() {
        return id;
    }

    /** The call, made if there is none. */
    CallControl call() {
        if (call == null) {
            call = relay.create(id, events);
            if (admitted) {
                call.admit();
            }
        }
        return call;
    }

    /** @param inCall the consultation is admitted: so is its call, also when it had to be made again after a restart */
    void addLeg(LegId leg, Role role, LegKind kind, LocalIce ice, boolean inCall) {
        admitted |= inCall;
        LegSpec spec = new LegSpec(leg, role, kind, ice);
        call().addLeg(spec);
        legs.put(leg, spec);
    }

    /** The relay itself has replaced the leg. */
    void replaced(LegId leg) {
        legs.remove(leg);
    }

    void removeLeg(LegId leg) {
        if (legs.remove(leg) != null && call != null) {
            call.removeLeg(leg);
        }
    }

    void admit() {
        admitted = true;
        if (call != null) {
            call.admit();
        }
    }

    void pin(ConsultView view, Role from, Optional<Rung> rung) {
        for (ConsultView.LegView sender : view.legs()) {
            for (ConsultView.LegView receiver : view.legs()) {
                if (sender.role() == from && !sender.id().equals(receiver.id())) {
                    call().pin(new Direction(sender.id(), receiver.id()), rung);
                }
            }
        }
    }

    /** After the relay dropped the call: the same legs with the same credentials. */
    void rebuild(ConsultView view) {
        call = null;
        legs.keySet()
                .retainAll(view.legs().stream().map(ConsultView.LegView::id).toList());
        for (LegSpec spec : List.copyOf(legs.values())) {
            call().addLeg(spec);
        }
    }

    void end() {
        if (call != null) {
            call.end();
            call = null;
        }
        legs.clear();
    }

    /** Empty if there is no call. */
    CompletionStage<CallSnapshot> snapshot() {
        CallSnapshot none = new CallSnapshot(List.of(), List.of(), Map.of());
        return call == null
                ? CompletableFuture.completedFuture(none)
                : call.snapshot().exceptionally(gone -> none);
    }
}
