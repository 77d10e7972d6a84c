package org.raabta.signaling.consult;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.LinkHint;
import org.raabta.adapter.Rung;
import org.raabta.adapter.profile.Profile;
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
import org.raabta.relay.control.Transfers;

/** A room's call on the relay: made with its first leg, made anew after a bug there. Owned by the room. */
final class RelayLink {
    /** Before there is a call. */
    static final CallSnapshot NOTHING = new CallSnapshot(List.of(), List.of(), Map.of());

    private final CallId id;
    private final RelayControl relay;
    private final Profile profile;
    private final CallEvents events;
    private final Map<LegId, LegSpec> legs = new LinkedHashMap<>();
    /** Legs whose person is here. */
    private final Set<LegId> here = new HashSet<>();
    /** What was negotiated with the others. */
    private final Map<LegId, MediaDescription> held = new HashMap<>();

    private final Map<Role, Rung> pins = new EnumMap<>(Role.class);
    /** Legs whose directions have their pins. */
    private final Set<LegId> pinned = new HashSet<>();

    private final Map<LegId, Wish> wishes = new HashMap<>();
    /** What the pages last said they can spare. */
    private final Map<LegId, Thrift> thrift = new HashMap<>();

    /** What is under way on their sockets. */
    private final Map<LegId, Transfers> transfers = new HashMap<>();

    private Optional<LegId> floor = Optional.empty();

    private @Nullable CallControl call;
    private boolean admitted;

    RelayLink(long consult, RelayControl relay, Profile profile, CallEvents events) {
        this.id = new CallId(consult);
        this.relay = relay;
        this.profile = profile;
        this.events = events;
    }

    CallId id() {
        return id;
    }

    /** The call, made if there is none. */
    CallControl call() {
        if (call == null) {
            call = relay.create(id, profile, events);
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

    /** What the leg's person wants. */
    void media(LegId leg, boolean camera, boolean voiceOnly) {
        Wish wish = new Wish(camera, voiceOnly);
        wishes.put(leg, wish);
        media(leg, wish);
    }

    private void media(LegId leg, Wish wish) {
        call().setCamera(leg, wish.camera);
        call().setVoiceOnly(leg, wish.voiceOnly);
    }

    void hint(LegId leg, LinkHint hint) {
        call().setHint(leg, hint);
    }

    /** A page says it with each of its switches: only a change is news, and begins a budget anew. */
    void thrift(LegId leg, Thrift wanted) {
        Thrift before = thrift.put(leg, wanted);
        if (!wanted.equals(before == null ? Thrift.NONE : before)) {
            call().setThrift(leg, wanted.batteryLow(), wanted.budgetMb());
        }
    }

    boolean batteryLow(LegId leg) {
        return thrift.getOrDefault(leg, Thrift.NONE).batteryLow();
    }

    void transfers(LegId leg, Transfers underWay) {
        if (!underWay.equals(transfers.put(leg, underWay))) {
            call().setTransfers(leg, underWay);
        }
    }

    void floor(Optional<LegId> holder) {
        floor = holder;
        call().setFloor(holder);
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
        wishes.remove(leg);
        thrift.remove(leg);
        transfers.remove(leg);
        return legs.remove(leg) != null;
    }

    void admit() {
        admitted = true;
        if (call != null) {
            call.admit();
        }
    }

    void pin(ConsultView view, Role from, Optional<Rung> rung) {
        rung.ifPresentOrElse(value -> pins.put(from, value), () -> pins.remove(from));
        setPin(view, from, rung);
    }

    /** Pins hold for legs that came later. */
    void pinNew(ConsultView view) {
        Set<LegId> now = view.legs().stream().map(ConsultView.LegView::id).collect(Collectors.toSet());
        if (!pinned.containsAll(now)) {
            pins.forEach((role, rung) -> setPin(view, role, Optional.of(rung)));
        }
        pinned.clear();
        pinned.addAll(now);
    }

    private void setPin(ConsultView view, Role from, Optional<Rung> rung) {
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
        pinned.clear();
        pinNew(view);
        // A page does not say again what it said once.
        wishes.forEach(this::media);
        thrift.forEach((leg, known) -> call().setThrift(leg, known.batteryLow(), known.budgetMb()));
        transfers.forEach((leg, underWay) -> call().setTransfers(leg, underWay));
        floor.ifPresent(holder -> call().setFloor(floor));
    }

    void end() {
        if (call != null) {
            call.end();
            call = null;
        }
        legs.clear();
        here.clear();
        held.clear();
        wishes.clear();
        thrift.clear();
        transfers.clear();
        floor = Optional.empty();
    }

    private record Wish(boolean camera, boolean voiceOnly) {}

    /** Empty if there is no call. */
    CompletionStage<CallSnapshot> snapshot() {
        return call == null
                ? CompletableFuture.completedFuture(NOTHING)
                : call.snapshot().exceptionally(gone -> NOTHING);
    }
}
