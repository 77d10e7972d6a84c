package org.raabta.signaling.consult;

import io.netty.util.concurrent.EventExecutor;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.Decision;
import org.raabta.adapter.LinkHint;
import org.raabta.adapter.Rung;
import org.raabta.adapter.profile.Profile;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.DisconnectReason;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.MediaAddress;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.PageReport;
import org.raabta.relay.control.RemoteTransport;
import org.raabta.relay.control.Role;
import org.raabta.relay.control.SendCommand;
import org.raabta.relay.control.SocketBytes;
import org.raabta.relay.control.StillPicture;
import org.raabta.relay.control.TransferRoom;
import org.raabta.signaling.exchange.Exchange;
import org.raabta.signaling.http.BodyPace;
import org.raabta.signaling.link.Instance;
import org.raabta.signaling.metrics.Meters;
import org.raabta.signaling.records.AuditEntry;
import org.raabta.signaling.records.ConsultRow;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consultation at run time: state machine, relay call and pages, on one loop. Other threads reach it through
 * {@link Rooms#with} and {@link #submit}; every other method belongs to the loop.
 */
public final class Room {
    private static final Logger LOG = LoggerFactory.getLogger(Room.class);
    /** An empty room stays so long, because pages reload and links are opened one after the other. */
    private static final Duration LINGER = Duration.ofMinutes(1);

    private final ConsultRow row;
    private final EventExecutor loop;
    private final Services services;
    private final Consumer<Room> onClosed;
    private final Consult consult;
    private final Watch watch;
    private final RelayLink relay;
    private final Seats seats = new Seats();
    private final StandardLegs standard;
    private final RoomTimers timers;
    private final Beside beside;
    private final Map<Role, Consent> consents = new EnumMap<>(Role.class);
    private @Nullable EndedBy endedBy;
    private boolean closed;

    /** @param profile what its call runs with, for as long as this room is open */
    Room(ConsultRow row, Profile profile, EventExecutor loop, Services services, Consumer<Room> onClosed) {
        this.row = row;
        this.loop = loop;
        this.services = services;
        this.onClosed = onClosed;
        Instant now = services.clock().instant();
        Optional<ConsultState> over = row.endedBy()
                .map(by -> EndedBy.ofLabel(by) == EndedBy.EXPIRY ? ConsultState.EXPIRED : ConsultState.ENDED);
        this.endedBy = row.endedBy().map(EndedBy::ofLabel).orElse(null);
        this.consult = new Consult(row.expiresAt(), row.admittedAt().isPresent(), over, now);
        this.watch = new Watch(row, profile, consult.view(), services);
        this.relay = new RelayLink(row.id(), services.relay(), profile, new RelayNews(this));
        this.standard = new StandardLegs(relay);
        this.timers = new RoomTimers(loop);
        this.beside = new Beside(row, consult.view(), seats, relay, loop, services);
    }

    public ConsultRow row() {
        return row;
    }

    public ConsultView view() {
        return consult.view();
    }

    /** Files, messages, the time line and the floor. */
    public Exchange exchange() {
        return beside.exchange();
    }

    /** The patient's place in the line, and who calls whom. */
    public Calling calling() {
        return beside.calling();
    }

    /** What it costs the patient's data plan. */
    public DataUse data() {
        return beside.data();
    }

    /** How fast the page of this role may load beside its call; nothing if no such page is here. */
    public Optional<BodyPace> pace(Role role) {
        return beside.pace(this, role);
    }

    /** From any thread: runs {@code action} on the loop, unless the room has closed. */
    public void submit(Consumer<Room> action) {
        loop.execute(() -> {
            if (!closed) {
                guarded(action);
            }
        });
    }

    /** From any thread: the answer of {@code action}, or nothing if the room has closed. */
    <T> CompletableFuture<Optional<T>> ask(Function<Room, T> action) {
        CompletableFuture<Optional<T>> answer = new CompletableFuture<>();
        loop.execute(() -> {
            if (closed) {
                answer.complete(Optional.empty());
                return;
            }
            try {
                answer.complete(Optional.of(action.apply(this)));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    /** Starts the room's clock; the first thing after making it. */
    void start() {
        arm();
    }

    /** A page's socket opened: it is welcomed and takes over from an older one of its role. */
    public void openPage(Seat seat, Instance instance, Role role) {
        if (consult.view().state().over()) {
            // It ended between the upgrade and now.
            seat.send(new Notice.Ended(endedBy == null ? EndedBy.EXPIRY : endedBy));
            seat.close(CloseReason.ENDED);
            return;
        }
        LegId leg = instance.leg(role);
        if (!consult.knows(leg)) {
            addLeg(leg, role, LegKind.WEB, instance);
        }
        seats.enter(leg, seat);
        seat.send(new Notice.Welcome(
                role,
                leg,
                consult.view().state(),
                row.patientName(),
                row.language(),
                row.opensAt(),
                row.opensIn(now()),
                row.expiresAt(),
                services.relay().addressOf(relay.id()),
                services.relay().fingerprint().base64Url(),
                services.relay().run()));
        ConsultView before = consult.view();
        carryOut(consult.open(leg, role, LegKind.WEB, now()));
        if (consult.view().equals(before)) {
            seats.tellState(leg, before);
        }
        seats.tellRungs(consult.view());
        seats.repeatCommand(leg);
        beside.opened(leg, role);
    }

    /** Whether the link is closed yet to this role: a doctor may come before the patient's opens. */
    public boolean early(Role role) {
        return role == Role.PATIENT && row.opensIn(now()).isPresent();
    }

    /** A standard client came with its whole transport: it is a leg from now on. */
    public MediaAddress openStandard(Instance instance, Role role, StandardLeg.Joined joined) {
        LegId leg = instance.leg(role);
        addLeg(leg, role, LegKind.SDP, instance);
        standard.joined(leg, new StandardLeg(instance, joined.transport().sha256Fingerprint()), joined);
        audit(role.label(), "joined", leg);
        carryOut(consult.open(leg, role, LegKind.SDP, now()));
        carryOut(consult.camera(leg, joined.camera(), now()));
        return relay.call().address();
    }

    /** New credentials of a standard client: answered with the server's next generation. Nothing if there is no such leg. */
    public Optional<StandardLeg.Credentials> restartIce(LegId leg, String ufrag, String password) {
        return standard.restartIce(leg, ufrag, password);
    }

    /** Whether a standard client's leg of this id is here. */
    public boolean standardLeg(LegId leg) {
        return standard.has(leg);
    }

    public void pageLost(LegId leg, Seat seat) {
        if (seats.lost(leg, seat)) {
            exchange().close(leg);
            carryOut(consult.socketLost(leg, now()));
        }
    }

    /** Whether {@code seat} still speaks for {@code leg}: a page that was taken over has no say any more. */
    public boolean seated(LegId leg, Seat seat) {
        return seats.has(leg, seat) && consult.knows(leg);
    }

    public void offer(LegId leg, int generation, RemoteTransport transport, MediaDescription media) {
        relay.call().setTransport(leg, transport);
        relay.describe(leg, media);
        seats.send(leg, new Notice.Answer(generation));
        seats.repeatCommand(leg);
        carryOut(consult.signaled(leg, now()));
    }

    /** @param hint what the page knows of its link, if it knows anything */
    public void join(LegId leg, Role role, boolean camera, boolean voiceOnly, Optional<LinkHint> hint) {
        relay.media(leg, camera, voiceOnly);
        hint.ifPresent(known -> hint(leg, known));
        relay.here(leg);
        audit(role.label(), "joined", leg);
        beside.joined(consult.view(), leg, role);
        carryOut(consult.join(leg, camera, now()));
    }

    /** What was learned of the leg's link since. */
    public void hint(LegId leg, LinkHint hint) {
        relay.hint(leg, hint);
    }

    /** On record before anybody can be admitted: it was said with {@code join}. The same again is not another one. */
    public void consented(Role role, Consent given) {
        if (!given.equals(consents.put(role, given))) {
            services.records()
                    .audit(new AuditEntry(now(), row.id(), role.label(), AuditEntry.CONSENTED, given.detail()));
        }
    }

    public void media(LegId leg, boolean camera, boolean voiceOnly, Thrift thrift) {
        relay.media(leg, camera, voiceOnly);
        relay.thrift(leg, beside.data().within(thrift));
        carryOut(consult.camera(leg, camera, now()));
    }

    /** What the page says it received. */
    public void report(LegId leg, PageReport report) {
        relay.call().onPageReport(leg, report);
    }

    /** Bytes of the page's socket, or of what it loads beside its call, passed its link. */
    public void moved(LegId leg, SocketBytes bytes) {
        if (consult.knows(leg)) {
            relay.call().onSocketBytes(leg, bytes);
        }
    }

    /** The page has paused its own pictures and waits for a command. */
    public void brake(LegId leg, String why) {
        watch.braked(leg, why);
        relay.call().onBrake(leg);
    }

    /** Lets the patient in; false if nobody waits. Completes when it is on record. */
    public Optional<CompletionStage<Void>> admit(String actor) {
        if (!consult.admittable()) {
            return Optional.empty();
        }
        if (consult.view().state().admitted()) {
            return Optional.of(CompletableFuture.completedFuture(null));
        }
        CompletableFuture<Void> onRecord = services.records().admitted(row.id(), now());
        audit(actor, "admitted", null);
        beside.happened("admitted", Role.DOCTOR);
        carryOut(consult.admit(now()));
        return Optional.of(onRecord);
    }

    /** A ceiling for what everybody of role {@code from} sends, or none. */
    public void pin(Role from, Optional<Rung> rung) {
        relay.pin(consult.view(), from, rung);
    }

    public void leave(LegId leg, Role role) {
        audit(role.label(), "left", leg);
        beside.happened("left", role);
        carryOut(consult.leave(leg, now()));
    }

    /** Completes when it is on record; ending what is over changes nothing. */
    public CompletionStage<Void> end(EndedBy by) {
        if (consult.view().state().over()) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> onRecord = services.records().ended(row.id(), now(), by.label());
        carryOut(consult.end(by, now()));
        return onRecord;
    }

    /** The server stops: every page is told and comes back to the next life of the server. */
    public void restarting() {
        seats.closeAll(new Notice.Restarting(), CloseReason.RESTARTING);
    }

    public CompletionStage<ConsultStatus> status() {
        return relay.snapshot().thenApplyAsync(snapshot -> StatusView.of(consult.view(), snapshot), loop);
    }

    /** For engineers: as of the last look. */
    public OpsView ops() {
        return watch.ops();
    }

    /** The event log so far, as JSON lines. */
    public CompletionStage<byte[]> events() {
        return watch.events();
    }

    private void addLeg(LegId leg, Role role, LegKind kind, Instance instance) {
        watch.opened();
        relay.addLeg(leg, role, kind, instance, consult.view().state().admitted());
    }

    void onConnected(LegId leg) {
        watch.connected(consult.view(), leg);
        beside.happened("connected", consult.view(), leg);
        carryOut(consult.connected(leg, now()));
    }

    void onDisconnected(LegId leg, DisconnectReason reason) {
        watch.disconnected(consult.view(), leg, reason);
        beside.disconnected(consult.view(), leg);
        MediaLoss.reason(reason).ifPresent(why -> seats.send(leg, new Notice.MediaLost(why)));
        carryOut(consult.disconnected(leg, reason == DisconnectReason.CLOSED_BY_PEER, now()));
    }

    void onDecided(Direction direction, Decision decision) {
        RungChange.of(consult.view(), direction, decision, now()).ifPresent(news -> {
            RungChange change = news.after(seats.decided(direction, decision));
            seats.tellRungs(consult.view());
            watch.decided(change);
            beside.moved(change);
            look(snapshot -> watch.decided(change, snapshot));
        });
    }

    /** Several that come in one turn of the loop are said as one. */
    void onCommand(LegId leg, SendCommand command) {
        boolean page = consult.view()
                .leg(leg)
                .filter(known -> known.kind() == LegKind.WEB)
                .isPresent();
        if (page && seats.commanded(leg, command)) {
            submit(room -> seats.tellCommands(watch::commanded));
        }
    }

    void onTransferRoom(LegId leg, TransferRoom left) {
        beside.room(leg, left);
    }

    void onStill(Direction direction, StillPicture picture) {
        beside.still(consult.view(), direction, picture);
    }

    /** The relay dropped this call for a bug: it is made anew, and the pages make new transports. */
    void onCallFailed(Throwable bug) {
        LOG.error("call {} failed in the relay and is made anew", relay.id(), bug);
        services.meters().count(Meters.Counter.CALLS_FAILED);
        seats.forgetRungs();
        relay.rebuild(consult.view());
        for (ConsultView.LegView leg : consult.view().legs()) {
            carryOut(consult.disconnected(leg.id(), leg.kind() == LegKind.SDP, now()));
            seats.send(leg.id(), new Notice.MediaLost("relay-failed"));
        }
    }

    private void carryOut(List<ConsultOutput> outputs) {
        for (ConsultOutput output : outputs) {
            if (output instanceof ConsultOutput.Replaced replaced) {
                relay.replaced(replaced.old());
                standard.forget(replaced.old());
                beside.forget(replaced.old());
                seats.dismiss(replaced.old(), new Notice.Replaced(), CloseReason.REPLACED);
            } else if (output instanceof ConsultOutput.Forgotten forgotten) {
                relay.removeLeg(forgotten.leg());
                standard.forget(forgotten.leg());
                beside.forget(forgotten.leg());
                seats.dismiss(forgotten.leg(), null, CloseReason.DONE);
            } else if (output instanceof ConsultOutput.TransportMissing missing) {
                seats.send(missing.leg(), new Notice.MediaLost("no-transport"));
            } else if (output instanceof ConsultOutput.Admitted) {
                watch.admitted();
                relay.admit();
            } else if (output instanceof ConsultOutput.Over over) {
                finish(over.by());
            } else if (output instanceof ConsultOutput.Changed changed) {
                onChanged(changed.view());
            }
        }
        arm();
    }

    private void onChanged(ConsultView view) {
        watch.changed(view);
        seats.tellState(view);
        beside.calling().changed(view);
        relay.pinNew(view);
        seats.tellRungs(consult.view());
    }

    private void finish(EndedBy by) {
        watch.finished(consult.view(), by);
        if (by == EndedBy.EXPIRY) {
            CompletableFuture<Void> unused = services.records().ended(row.id(), now(), by.label());
        }
        audit(by == EndedBy.EXPIRY ? "server" : by.label(), by == EndedBy.EXPIRY ? "expired" : "ended", null);
        endedBy = by;
        beside.over(by, now());
        standard.clear();
        seats.dismissAll(new Notice.Ended(by), CloseReason.ENDED);
        relay.end();
    }

    private void arm() {
        boolean empty = seats.isEmpty() && consult.view().legs().isEmpty();
        Instant now = now();
        Duration delay = empty
                ? LINGER
                : consult.nextDeadline()
                        .map(deadline -> Duration.between(now, deadline.at()))
                        .orElse(LINGER);
        timers.wake(delay, () -> guarded(room -> room.onTimer(empty)));
        if (!empty && !closed) {
            timers.lookLater(() -> guarded(Room::takeFigures));
        }
    }

    private void onTimer(boolean wasEmpty) {
        if (wasEmpty) {
            close();
        } else {
            carryOut(consult.onDeadline(now()));
        }
    }

    private void takeFigures() {
        if (closed) {
            return;
        }
        look(this::onFigures);
        arm();
    }

    private void onFigures(CallSnapshot snapshot) {
        beside.looked(snapshot);
        seats.tellFigures(consult.view(), watch.looked(snapshot), snapshot);
    }

    /** Asks the relay for its figures; they come on the loop again. */
    private void look(Consumer<CallSnapshot> action) {
        relay.snapshot().whenComplete((snapshot, failure) -> submit(room -> action.accept(snapshot)));
    }

    private void close() {
        closed = true;
        relay.end();
        watch.closed();
        exchange().closed();
        timers.stopLooking();
        onClosed.accept(this);
    }

    private void guarded(Consumer<Room> action) {
        try {
            action.accept(this);
        } catch (RuntimeException e) {
            LOG.error("room {} met a bug", relay.id(), e);
        }
    }

    private void audit(String actor, String action, @Nullable LegId leg) {
        services.records().audit(new AuditEntry(now(), row.id(), actor, action, leg == null ? "" : leg.value()));
    }

    private Instant now() {
        return services.clock().instant();
    }
}
