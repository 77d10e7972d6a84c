package org.raabta.bench.sim.model;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.raabta.adapter.Decision;
import org.raabta.adapter.LinkHint;
import org.raabta.adapter.Rung;
import org.raabta.adapter.profile.Profile;
import org.raabta.bench.emulator.Simulation;
import org.raabta.bench.emulator.Transport;
import org.raabta.bench.emulator.Way;
import org.raabta.bench.score.RungTimeline;
import org.raabta.bench.score.SpeechActivity;
import org.raabta.relay.call.Call;
import org.raabta.relay.call.CallOutput;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.PageReport;
import org.raabta.relay.control.Role;
import org.raabta.relay.control.SendCommand;
import org.raabta.relay.control.SocketBytes;
import org.raabta.relay.control.StillPicture;
import org.raabta.relay.control.Transfer;
import org.raabta.relay.control.TransferRoom;
import org.raabta.relay.control.Transfers;

/** The relay: the production call with what its loop does for it (packets, one timer) and what the control socket does. */
final class RelaySide implements CallOutput {
    /** What a lost message of the control socket waits before it goes again. */
    private static final long RESEND_NANOS = 1_000_000_000L;

    private static final int TCP_ACK = 52;
    private static final long STILL_LOOK_NANOS = 200_000_000L;

    /** Of 160x120 in WebP q20, and of 320x240 in q40 (design/links-and-ladder.md, section 7). */
    private static final int STILL_LEAST_BYTES = 1600;

    private static final int STILL_MOST_BYTES = 5100;
    /** A picture is made as large as what goes in this time. */
    private static final double STILL_MS = 3000;

    private static final double STILL_COST = 1.2;
    private static final TransferRoom.Way CLOSED = new TransferRoom.Way(0, TransferRoom.Pause.SILENT);
    private static final TransferRoom NOTHING = new TransferRoom(CLOSED, CLOSED, 0);

    private final Simulation simulation;
    private final Call call;
    private final Promises promises;
    private final Map<LegId, Leg> legs = new LinkedHashMap<>();
    private final Map<Direction, List<RungTimeline.Step>> rungs = new LinkedHashMap<>();
    private long armedNanos = Long.MAX_VALUE;

    private static final class Leg {
        final LegId id;
        final SideLane up;
        final SideLane down;
        final Pictures pictures = new Pictures();
        final Cable cable;
        final Browser browser;
        TransferRoom room = NOTHING;
        long told;
        long heard;

        /** As far as the page knows. */
        TransferRoom pace = NOTHING;

        Leg(LegId id, Cable cable, Browser browser, Simulation simulation, Consumer<SocketBytes> moved) {
            this.id = id;
            this.cable = cable;
            this.browser = browser;
            this.up = new SideLane(simulation, cable, Way.UP, () -> pace, moved);
            this.down = new SideLane(simulation, cable, Way.DOWN, () -> room, moved);
        }
    }

    /** What a page says on its socket. */
    private final class Socket implements Browser.ControlSocket {
        private final LegId id;

        Socket(LegId id) {
            this.id = id;
        }

        @Override
        public void stats(PageReport report) {
            say(Wire.STATS, () -> call.onPageReport(id, report, simulation.nowNanos()));
        }

        @Override
        public void brake() {
            say(Wire.BRAKE, () -> call.onBrake(id, simulation.nowNanos()));
        }

        private void say(int ipBytes, Runnable arrival) {
            carryMessage(leg(id), Way.UP, ipBytes, () -> {
                arrival.run();
                settle();
            });
        }
    }

    RelaySide(Simulation simulation, Profile profile, long seed) {
        this.simulation = simulation;
        this.promises = new Promises(profile);
        this.call = new Call(this, profile, seed, simulation.nowNanos());
    }

    /** A page with camera and microphone whose transport is up, and what it knows of its link. */
    Browser join(LegId id, Role role, Cable cable, LinkHint hint, SpeechActivity speech, SplittableRandom random) {
        Browser browser = new Browser(
                simulation,
                cable,
                packet -> onRtp(id, packet),
                packet -> onRtcp(id, packet),
                new Socket(id),
                speech,
                random);
        Leg leg = new Leg(id, cable, browser, simulation, bytes -> moved(id, bytes));
        legs.put(id, leg);
        simulation.after(STILL_LOOK_NANOS, () -> takeStill(leg));
        long nowNanos = simulation.nowNanos();
        call.addLeg(id, role, LegKind.WEB, nowNanos);
        call.setMedia(id, Media.DESCRIPTION, nowNanos);
        call.setCamera(id, true, nowNanos);
        call.setHint(id, hint, nowNanos);
        call.setConnected(id, true, nowNanos);
        call.onRoundTrip(id, cable.roundTripNanos(), nowNanos);
        settle();
        browser.connect();
        return browser;
    }

    void pin(Direction direction, Rung rung) {
        call.pin(direction, Optional.of(rung), simulation.nowNanos());
        settle();
    }

    /** The pages hear of it in a message of their own. */
    void admit() {
        call.admit(simulation.nowNanos());
        settle();
        for (Leg leg : legs.values()) {
            carryMessage(leg, Way.DOWN, Wire.STATE, leg.browser::onCall);
        }
    }

    CallSnapshot snapshot() {
        return call.snapshot(simulation.nowNanos());
    }

    /** Looks whether what is planned keeps to what is believed. */
    void check() {
        CallSnapshot now = snapshot();
        promises.onSnapshot(now, simulation.nowNanos());
        legs.forEach((id, leg) -> promises.onRoom(now, id, leg.room, simulation.nowNanos()));
    }

    RungTimeline rungs(Direction direction) {
        return new RungTimeline(rungs.getOrDefault(direction, List.of()));
    }

    // ---- what comes

    private void onRtp(LegId from, ByteBuf packet) {
        call.onRtp(from, packet, simulation.nowNanos());
        settle();
    }

    private void onRtcp(LegId from, ByteBuf packet) {
        call.onRtcp(from, packet, simulation.nowNanos());
        settle();
    }

    /** After each input: one timer waits for the earliest deadline; one that comes too early finds nothing due. */
    private void settle() {
        long next = call.nextDeadlineNanos();
        promises.onDeadline(next, simulation.nowNanos());
        if (next < armedNanos) {
            armedNanos = next;
            simulation.at(next, () -> onTimer(next));
        }
    }

    private void onTimer(long atNanos) {
        if (armedNanos == atNanos) {
            armedNanos = Long.MAX_VALUE;
            promises.onWakeUp(atNanos);
            if (call.nextDeadlineNanos() <= atNanos) {
                call.onDeadline(atNanos);
            }
            settle();
        }
    }

    // ---- what goes

    @Override
    public ByteBuf allocate(int capacity) {
        return Outgoing.buffer(capacity);
    }

    @Override
    public void sendRtp(LegId id, ByteBuf packet) {
        promises.onSent(id, packet, simulation.nowNanos());
        Leg leg = leg(id);
        carry(leg, packet, Wire.ofRtp(packet.readableBytes()), () -> leg.browser.onRtp(packet));
    }

    @Override
    public void sendRtcp(LegId id, ByteBuf packet) {
        Leg leg = leg(id);
        carry(leg, packet, Wire.ofRtcp(packet.readableBytes()), () -> leg.browser.onRtcp(packet));
    }

    private void carry(Leg leg, ByteBuf packet, int ipBytes, Runnable arrival) {
        long atNanos = leg.cable.arrivalNanos(Way.DOWN, Transport.UDP, ipBytes, simulation.nowNanos());
        if (atNanos == Cable.NEVER) {
            packet.release();
            return;
        }
        simulation.at(atNanos, () -> {
            arrival.run();
            packet.release();
        });
    }

    @Override
    public void command(LegId id, SendCommand command) {
        Leg leg = leg(id);
        long order = ++leg.told;
        int ipBytes = command.video().active() ? Wire.SEND_VIDEO : Wire.SEND_VOICE;
        carryMessage(leg, Way.DOWN, ipBytes, () -> {
            if (order > leg.heard) { // one that had to be sent again is overtaken here, as newer words say all
                leg.heard = order;
                leg.browser.onCommand(command);
            }
        });
    }

    @Override
    public void decided(Direction direction, Decision decision) {
        promises.onDecided(direction, decision, simulation.nowNanos());
        rungs.computeIfAbsent(direction, key -> new ArrayList<>())
                .add(new RungTimeline.Step(
                        simulation.nowNanos() / 1e6,
                        decision.rung(),
                        decision.reason().label()));
        // Both show it and do nothing else about it.
        carryMessage(leg(direction.sender()), Way.DOWN, Wire.RUNG, () -> {});
        carryMessage(leg(direction.receiver()), Way.DOWN, Wire.RUNG, () -> {});
    }

    /** The page hears of it while it has something to send. */
    @Override
    public void transferRoom(LegId id, TransferRoom room) {
        Leg leg = leg(id);
        leg.room = room;
        if (leg.up.busy()) {
            carryMessage(leg, Way.DOWN, Wire.PACE, () -> leg.pace = room);
        } else {
            leg.pace = room;
        }
    }

    @Override
    public void still(Direction direction, StillPicture picture) {
        promises.onStill(direction, simulation.nowNanos());
        give(leg(direction.sender()), leg(direction.receiver()), picture.bytes(), simulation.nowNanos());
    }

    // ---- what is transferred beside

    /** A photo of the patient is asked for: its page hears of it, and sends it. */
    void photo(LegId from, LegId to, int bytes) {
        long askedNanos = simulation.nowNanos();
        Leg leg = leg(from);
        carryMessage(leg, Way.DOWN, Wire.STATE, () -> {
            call.setTransfers(from, new Transfers(Transfer.PHOTO, Transfer.NONE), simulation.nowNanos());
            settle();
            leg.up.photo(new SideLane.Item(bytes, () -> {
                call.setTransfers(from, Transfers.NONE, simulation.nowNanos());
                settle();
                leg(to).pictures.photo(bytes, askedNanos, simulation.nowNanos());
            }));
        });
    }

    /** Makes a picture of its camera whenever the one before is sent. */
    private void takeStill(Leg leg) {
        double kbps = leg.browser.stillKbps();
        if (kbps <= 0 || leg.up.sendsStill()) {
            simulation.after(STILL_LOOK_NANOS, () -> takeStill(leg));
            return;
        }
        int bytes = (int) Math.max(STILL_LEAST_BYTES, Math.min(STILL_MOST_BYTES, kbps * STILL_MS / 8));
        long takenNanos = simulation.nowNanos();
        leg.up.still(new SideLane.Item(
                bytes,
                () -> legs.values().stream()
                        .filter(other -> other != leg)
                        .forEach(other -> give(leg, other, bytes, takenNanos))));
        // The budget is kept over pictures as well, however quickly one goes.
        simulation.after((long) (bytes * STILL_COST * 8e6 / kbps), () -> takeStill(leg));
    }

    private void give(Leg from, Leg to, int bytes, long takenNanos) {
        Rung rung = rungNow(new Direction(from.id, to.id));
        if (rung == Rung.STILLS) {
            to.down.still(new SideLane.Item(bytes, () -> to.pictures.still(bytes, takenNanos, simulation.nowNanos())));
        }
    }

    private Rung rungNow(Direction direction) {
        List<RungTimeline.Step> steps = rungs.getOrDefault(direction, List.of());
        return steps.isEmpty() ? Rung.PHONE : steps.get(steps.size() - 1).rung();
    }

    Pictures pictures(LegId id) {
        return leg(id).pictures;
    }

    /** In a turn of its own, as on the loop. */
    private void moved(LegId id, SocketBytes bytes) {
        simulation.at(simulation.nowNanos(), () -> {
            call.onSocketBytes(id, bytes, simulation.nowNanos());
            settle();
        });
    }

    private void carryMessage(Leg leg, Way way, int ipBytes, Runnable arrival) {
        long atNanos = leg.cable.arrivalNanos(way, Transport.TCP, ipBytes, simulation.nowNanos());
        if (atNanos == Cable.NEVER) {
            simulation.after(RESEND_NANOS, () -> carryMessage(leg, way, ipBytes, arrival));
            return;
        }
        if (way == Way.DOWN) {
            moved(leg.id, new SocketBytes(TCP_ACK, ipBytes, false));
        }
        simulation.at(atNanos, () -> {
            if (way == Way.UP) {
                moved(leg.id, new SocketBytes(ipBytes, TCP_ACK, true));
            }
            Way back = way == Way.UP ? Way.DOWN : Way.UP;
            leg.cable.arrivalNanos(back, Transport.TCP, TCP_ACK, simulation.nowNanos());
            arrival.run();
        });
    }

    private Leg leg(LegId id) {
        return Objects.requireNonNull(legs.get(id));
    }
}
