package org.raabta.signaling.consult;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.RelayControl;
import org.raabta.relay.control.Role;

/** A room's call on the relay: made with its first leg, made anew after a bug there. Owned by the room. */
final class RelayLink {
    private final CallId id;
    private final RelayControl relay;
    private final CallEvents events;
    private final Map<LegId, LegSpec> legs = new LinkedHashMap<>();
    /** Legs whose person is here. */
    private final Set<LegId> here = new HashSet<>();
    /** What was negotiated with the others. */
    private final Map<LegId, MediaDescription> held = new HashMap<>();

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

    /**
     * What was negotiated with the leg. The relay hears of it when the person is here: a page that is open and that nobody
     * has tapped pays for no media.
     */
    void describe(LegId leg, MediaDescription media) {
        if (here.contains(leg)) {
            call().setMedia(leg, media);
        } else {
            held.put(leg, media);
        }
    }

    /** The leg's person is here and ready. */
    void here(LegId leg) {
        here.add(leg);
        MediaDescription media = held.remove(leg);
        if (media != null) {
            call().setMedia(leg, media);
        }
    }

    /** The relay itself has replaced the leg. */
    void replaced(LegId leg) {
        forget(leg);
    }

    void removeLeg(LegId leg) {
        if (forget(leg) && call != null) {
            call.removeLeg(leg);
        }
    }

    private boolean forget(LegId leg) {
        here.remove(leg);
        held.remove(leg);
        return legs.remove(leg) != null;
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
        here.clear();
        held.clear();
    }

    /** Empty if there is no call. */
    CompletionStage<CallSnapshot> snapshot() {
        CallSnapshot none = new CallSnapshot(List.of(), List.of(), Map.of());
        return call == null
                ? CompletableFuture.completedFuture(none)
                : call.snapshot().exceptionally(gone -> none);
    }
}
