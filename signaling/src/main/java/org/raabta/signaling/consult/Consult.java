package org.raabta.signaling.consult;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.Role;

/**
 * One consultation's state machine: inputs are calls with the time as a parameter, outputs are values. The owner asks
 * for {@link #nextDeadline()} after every input and calls {@link #onDeadline} then. Not thread-safe.
 */
public final class Consult {
    /** A leg without socket and media is given up after this: a minute more than the relay keeps its keys. */
    static final Duration KEPT_AWAY = Duration.ofMinutes(11);
    /** So long a patient whose socket is gone still counts as waiting: pages come back by themselves. */
    static final Duration HERE_GRACE = Duration.ofSeconds(30);
    /** A page that said it is ready, but never what its transport is, believes in keys that are gone. */
    static final Duration OFFER_DUE = Duration.ofSeconds(10);

    private final Instant expires;
    private final Map<LegId, Leg> legs = new LinkedHashMap<>();
    private final List<ConsultOutput> outputs = new ArrayList<>();
    private boolean admitted;
    private @Nullable ConsultState over;
    private Instant lastNow;
    private ConsultView view;

    /**
     * @param admitted whether a doctor let the patient in during an earlier life of the server
     * @param over     how it ended in an earlier life, if it did
     */
    public Consult(Instant expires, boolean admitted, Optional<ConsultState> over, Instant now) {
        this.expires = expires;
        this.admitted = admitted;
        this.over = over.orElse(now.isBefore(expires) ? null : ConsultState.EXPIRED);
        this.lastNow = now;
        this.view = new ConsultView(state(now), now, List.of());
    }

    /** A page's socket opened, or a standard client came: a new leg, or a known one coming back. */
    public List<ConsultOutput> open(LegId id, Role role, LegKind kind, Instant now) {
        return step(now, () -> {
            Leg known = legs.get(id);
            if (known == null) {
                // Looked at before it is taken over: a reload or another phone does not go to the end of the queue.
                Instant place = place(role);
                takeOver(id, role, kind);
                known = new Leg(id, role, kind);
                known.place = place;
                legs.put(id, known);
            }
            if (kind == LegKind.WEB) {
                known.socket = true;
            } else {
                // A standard client's request is its arrival and its person at once.
                known.waitingSince = known.waitingSince == null ? now : known.waitingSince;
                known.signaled = true;
            }
            known.noteAway(now);
        });
    }

    public List<ConsultOutput> socketLost(LegId id, Instant now) {
        return step(now, id, leg -> {
            leg.socket = false;
            leg.noteAway(now);
        });
    }

    /** The person is here and ready. */
    public List<ConsultOutput> join(LegId id, boolean camera, Instant now) {
        return step(now, id, leg -> {
            leg.camera = camera;
            if (leg.waitingSince == null) {
                leg.waitingSince = leg.place == null ? now : leg.place;
            }
            if (!leg.signaled && leg.offerDue == null) {
                leg.offerDue = now.plus(OFFER_DUE);
            }
        });
    }

    public List<ConsultOutput> camera(LegId id, boolean on, Instant now) {
        return step(now, id, leg -> leg.camera = on);
    }

    /** The leg said what its transport is. */
    public List<ConsultOutput> signaled(LegId id, Instant now) {
        return step(now, id, leg -> {
            leg.signaled = true;
            leg.offerDue = null;
        });
    }

    public List<ConsultOutput> connected(LegId id, Instant now) {
        return step(now, id, leg -> {
            leg.connected = true;
            leg.noteAway(now);
        });
    }

    /** @param closed the far end said good-bye: a standard client that does so is gone */
    public List<ConsultOutput> disconnected(LegId id, boolean closed, Instant now) {
        return step(now, id, leg -> {
            leg.connected = false;
            leg.noteAway(now);
            if (closed && leg.kind == LegKind.SDP) {
                forget(leg);
            }
        });
    }

    /** Whether {@link #admit} has somebody to let in, or has done so. */
    public boolean admittable() {
        return view.state() == ConsultState.WAITING || view.state().admitted();
    }

    public List<ConsultOutput> admit(Instant now) {
        return step(now, () -> {
            if (state(now) == ConsultState.WAITING) {
                admitted = true;
                outputs.add(new ConsultOutput.Admitted());
            }
        });
    }

    /** The leg goes away for now; its link stays good. */
    public List<ConsultOutput> leave(LegId id, Instant now) {
        return step(now, id, this::forget);
    }

    public List<ConsultOutput> end(EndedBy by, Instant now) {
        return step(now, () -> finish(ConsultState.ENDED, by));
    }

    /** To be called when {@link #nextDeadline()} has come; harmless at any other time. */
    public List<ConsultOutput> onDeadline(Instant now) {
        return step(now, () -> {});
    }

    /** Always later than the {@code now} of the last input; none once it is over. */
    public Optional<Deadline> nextDeadline() {
        if (over != null) {
            return Optional.empty();
        }
        Deadline next = new Deadline(expires, Deadline.Cause.EXPIRY);
        for (Leg leg : legs.values()) {
            if (leg.awaySince != null) {
                Instant notHere = leg.awaySince.plus(HERE_GRACE);
                if (leg.role == Role.PATIENT && notHere.isAfter(lastNow)) {
                    next = earlier(next, new Deadline(notHere, Deadline.Cause.NOT_HERE));
                }
                next = earlier(next, new Deadline(leg.awaySince.plus(KEPT_AWAY), Deadline.Cause.FORGET));
            }
            if (leg.offerDue != null) {
                next = earlier(next, new Deadline(leg.offerDue, Deadline.Cause.OFFER_DUE));
            }
        }
        return Optional.of(next);
    }

    public ConsultView view() {
        return view;
    }

    /** Whether a leg of this id is here or expected back. */
    public boolean knows(LegId id) {
        return legs.containsKey(id);
    }

    private List<ConsultOutput> step(Instant now, LegId id, java.util.function.Consumer<Leg> action) {
        return step(now, () -> {
            Leg leg = legs.get(id);
            if (leg != null) {
                action.accept(leg);
            }
        });
    }

    private List<ConsultOutput> step(Instant now, Runnable action) {
        if (over != null) {
            return List.of();
        }
        // The wall clock may be set back; a deadline must not come twice for that.
        lastNow = now.isBefore(lastNow) ? lastNow : now;
        outputs.clear();
        runDue(lastNow);
        if (over == null) {
            action.run();
        }
        settle(lastNow);
        return List.copyOf(outputs);
    }

    private void runDue(Instant now) {
        if (!now.isBefore(expires)) {
            finish(ConsultState.EXPIRED, EndedBy.EXPIRY);
            return;
        }
        for (Leg leg : List.copyOf(legs.values())) {
            if (leg.awaySince != null && !now.isBefore(leg.awaySince.plus(KEPT_AWAY))) {
                forget(leg);
            } else if (leg.offerDue != null && !now.isBefore(leg.offerDue)) {
                leg.offerDue = null;
                if (leg.socket) {
                    outputs.add(new ConsultOutput.TransportMissing(leg.id));
                }
            }
        }
    }

    private void settle(Instant now) {
        ConsultState state = state(now);
        ConsultView next = new ConsultView(
                state,
                state == view.state() ? view.since() : now,
                legs.values().stream().map(Leg::view).toList());
        if (!next.equals(view)) {
            view = next;
            outputs.add(new ConsultOutput.Changed(next));
        }
    }

    private ConsultState state(Instant now) {
        if (over != null) {
            return over;
        }
        if (admitted) {
            return whole(Role.PATIENT) && whole(Role.DOCTOR) ? ConsultState.CALL : ConsultState.RECONNECTING;
        }
        boolean waits = legs.values().stream()
                .anyMatch(leg -> leg.role == Role.PATIENT && leg.waitingSince != null && leg.here(now));
        return waits ? ConsultState.WAITING : ConsultState.CREATED;
    }

    private boolean whole(Role role) {
        return legs.values().stream().anyMatch(leg -> leg.role == role && leg.whole());
    }

    /** Since when somebody of this role waits, if anybody does. */
    private @Nullable Instant place(Role role) {
        return legs.values().stream()
                .filter(leg -> leg.role == role)
                .map(leg -> leg.waitingSince == null ? leg.place : leg.waitingSince)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    private void takeOver(LegId by, Role role, LegKind kind) {
        for (Leg leg : List.copyOf(legs.values())) {
            if (leg.role == role && leg.kind == kind) {
                legs.remove(leg.id);
                outputs.add(new ConsultOutput.Replaced(leg.id, by));
            }
        }
    }

    private void forget(Leg leg) {
        legs.remove(leg.id);
        outputs.add(new ConsultOutput.Forgotten(leg.id));
    }

    private void finish(ConsultState how, EndedBy by) {
        over = how;
        legs.clear();
        outputs.add(new ConsultOutput.Over(by));
    }

    private static Deadline earlier(Deadline a, Deadline b) {
        return b.at().isBefore(a.at()) ? b : a;
    }

    private static final class Leg {
        final LegId id;
        final Role role;
        final LegKind kind;
        boolean socket;
        boolean connected;
        boolean camera;
        boolean signaled;

        @Nullable
        Instant waitingSince;

        /** Since when the leg before this one waited. */
        @Nullable
        Instant place;

        @Nullable
        Instant awaySince;

        @Nullable
        Instant offerDue;

        Leg(LegId id, Role role, LegKind kind) {
            this.id = id;
            this.role = role;
            this.kind = kind;
        }

        void noteAway(Instant now) {
            if (socket || connected) {
                awaySince = null;
            } else if (awaySince == null) {
                awaySince = now;
            }
        }

        boolean here(Instant now) {
            return awaySince == null || now.isBefore(awaySince.plus(HERE_GRACE));
        }

        boolean whole() {
            return waitingSince != null && connected && (socket || kind != LegKind.WEB);
        }

        ConsultView.LegView view() {
            return new ConsultView.LegView(
                    id, role, kind, connected, socket, Optional.ofNullable(waitingSince), camera);
        }
    }
}
