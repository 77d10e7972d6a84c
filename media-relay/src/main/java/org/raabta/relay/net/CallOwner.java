package org.raabta.relay.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.ScheduledFuture;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.Decision;
import org.raabta.adapter.LinkHint;
import org.raabta.adapter.Rung;
import org.raabta.adapter.profile.Profile;
import org.raabta.relay.call.Call;
import org.raabta.relay.call.CallOutput;
import org.raabta.relay.call.Deadlines;
import org.raabta.relay.control.CallControl;
import org.raabta.relay.control.CallEvents;
import org.raabta.relay.control.CallId;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.DisconnectReason;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegSpec;
import org.raabta.relay.control.MediaAddress;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.PageReport;
import org.raabta.relay.control.RemoteTransport;
import org.raabta.relay.control.SendCommand;
import org.raabta.relay.control.SocketBytes;
import org.raabta.relay.control.StillPicture;
import org.raabta.relay.control.TransferRoom;
import org.raabta.relay.control.Transfers;
import org.raabta.relay.ice.Path;
import org.raabta.relay.ice.StunMessage;
import org.raabta.relay.secure.SrtpSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A call and the loop that owns it: the only class that meets both threads and call state. Whatever goes wrong in here
 * without being expected ends this call and no other.
 */
public final class CallOwner implements CallControl, CallOutput {
    static final int MAX_LEGS = 4;

    private static final Logger LOG = LoggerFactory.getLogger(CallOwner.class);

    private final CallId id;
    private final CallEvents events;
    private final MediaLoop loop;
    private final RelayContext relay;
    private final MediaAddress address;
    private final Consumer<CallOwner> forget;
    private final Call call;
    private final Map<LegId, LegTransport> legs = new LinkedHashMap<>();
    private final Map<Drop, Long> drops = new EnumMap<>(Drop.class);
    private boolean gone;
    private long nowNanos;
    private long armedNanos = Deadlines.NONE;
    private @Nullable ScheduledFuture<?> timer;

    /** @param forget is told when the call is no more, from the loop */
    public CallOwner(
            CallId id,
            Profile profile,
            CallEvents events,
            MediaLoop loop,
            RelayContext relay,
            MediaAddress address,
            Consumer<CallOwner> forget) {
        this.id = id;
        this.events = events;
        this.loop = loop;
        this.relay = relay;
        this.address = address;
        this.forget = forget;
        this.nowNanos = relay.clock().getAsLong();
        this.call = new Call(
                this, profile, relay.transcoders(), ThreadLocalRandom.current().nextLong(), nowNanos);
    }

    public CallId id() {
        return id;
    }

    // ---- What comes from the network, on the loop -------------------------------------------------------------------

    void onStun(LegTransport leg, StunMessage message, Path from, long now) {
        guarded(now, () -> leg.onStun(message, from, now));
    }

    void onDtls(LegTransport leg, byte[] datagram, Path from, long now) {
        guarded(now, () -> leg.onDtls(datagram, from, now));
    }

    /** Borrows {@code packet} and decrypts it where it lies; whether it was authentic. */
    boolean onMedia(LegTransport leg, ByteBuf packet, boolean rtcp, Path from, boolean known, long now) {
        if (gone) {
            return false;
        }
        nowNanos = now;
        boolean authentic = false;
        try {
            authentic = leg.onMedia(packet, rtcp, from, known, now);
            settle(now);
        } catch (Throwable bug) {
            fail(bug);
        }
        return authentic;
    }

    void deliver(LegId from, ByteBuf packet, boolean rtcp, long now) {
        if (rtcp) {
            call.onRtcp(from, packet, now);
        } else {
            call.onRtp(from, packet, now);
        }
    }

    // ---- Guard and timer --------------------------------------------------------------------------------------------

    /** From any thread: runs {@code command} on the loop, in order, guarded; not at all once the call is gone. */
    void submit(Consumer<Long> command) {
        loop.execute(() -> {
            long now = relay.clock().getAsLong();
            guarded(now, () -> command.accept(now));
        });
    }

    private void guarded(long now, Runnable input) {
        if (gone) {
            return;
        }
        nowNanos = now;
        try {
            input.run();
            settle(now);
        } catch (Throwable bug) {
            fail(bug);
        }
    }

    /** After each input: what has become due is done, and one timer waits for the earliest deadline. */
    private void settle(long now) {
        if (gone) {
            return;
        }
        if (Deadlines.due(nextDeadlineNanos(), now)) {
            for (LegTransport leg : new ArrayList<>(legs.values())) {
                leg.onDeadline(now);
            }
            if (Deadlines.due(call.nextDeadlineNanos(), now)) {
                call.onDeadline(now);
            }
        }
        long next = nextDeadlineNanos();
        boolean armedEarlyEnough = timer != null && armedNanos - next <= 0;
        if (next == Deadlines.NONE || armedEarlyEnough) {
            return; // a timer that comes too early finds nothing due and is set again
        }
        cancelTimer();
        armedNanos = next;
        timer = loop.schedule(this::onTimer, Math.max(0, next - now));
    }

    private void onTimer() {
        timer = null;
        long now = relay.clock().getAsLong();
        guarded(now, () -> {});
    }

    private long nextDeadlineNanos() {
        long next = call.nextDeadlineNanos();
        for (LegTransport leg : legs.values()) {
            next = Deadlines.earlier(next, leg.nextDeadlineNanos());
        }
        return next;
    }

    private void cancelTimer() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void fail(Throwable bug) {
        LOG.error("call {} ended by a bug", id, bug);
        dispose();
        try {
            events.failed(bug);
        } catch (RuntimeException another) {
            LOG.error("call {}: telling of the bug failed", id, another);
        }
    }

    private void dispose() {
        if (gone) {
            return;
        }
        gone = true;
        cancelTimer();
        call.close();
        for (LegTransport leg : legs.values()) {
            try {
                relay.byUfrag().remove(leg.spec().ice().ufragBase(), leg);
                leg.close();
            } catch (RuntimeException bug) {
                LOG.error("call {}: closing a leg failed", id, bug);
            }
        }
        legs.clear();
        forget.accept(this);
    }

    // ---- What legs tell
    // -----------------------------------------------------------------------------------------------

    void connectionChanged(LegId leg, boolean connected, @Nullable DisconnectReason reason) {
        call.setConnected(leg, connected, nowNanos);
        if (connected) {
            events.legConnected(leg);
        } else if (reason != null) {
            events.legDisconnected(leg, reason);
        }
    }

    void transportGone(LegId leg, DisconnectReason reason) {
        events.legDisconnected(leg, reason);
    }

    void roundTrip(LegId leg, long rttNanos) {
        call.onRoundTrip(leg, rttNanos, nowNanos);
    }

    void drop(Drop reason) {
        drops.merge(reason, 1L, Long::sum);
        relay.drops().count(reason);
    }

    // ---- CallOutput: what the call sends
    // ------------------------------------------------------------------------------

    @Override
    public ByteBuf allocate(int capacity) {
        return ByteBufAllocator.DEFAULT.heapBuffer(capacity + SrtpSession.OVERHEAD_BYTES);
    }

    @Override
    public void sendRtp(LegId leg, ByteBuf packet) {
        send(leg, packet, false);
    }

    @Override
    public void sendRtcp(LegId leg, ByteBuf packet) {
        send(leg, packet, true);
    }

    private void send(LegId id, ByteBuf packet, boolean rtcp) {
        LegTransport leg = legs.get(id);
        if (leg == null) {
            packet.release();
            drop(Drop.UNKNOWN_LEG);
        } else {
            leg.sendMedia(packet, rtcp);
        }
    }

    @Override
    public void command(LegId leg, SendCommand command) {
        events.command(leg, command);
    }

    @Override
    public void decided(Direction direction, Decision decision) {
        events.decided(direction, decision);
    }

    @Override
    public void transferRoom(LegId leg, TransferRoom room) {
        events.transferRoom(leg, room);
    }

    @Override
    public void still(Direction direction, StillPicture picture) {
        events.still(direction, picture);
    }

    // ---- CallControl: from any thread
    // ---------------------------------------------------------------------------------

    @Override
    public MediaAddress address() {
        return address;
    }

    @Override
    public void addLeg(LegSpec spec) {
        submit(now -> {
            LegTransport former = legs.values().stream()
                    .filter(leg ->
                            leg.spec().role() == spec.role() && leg.spec().kind() == spec.kind())
                    .findFirst()
                    .orElse(null);
            if (former != null) {
                closeLeg(former);
            } else if (legs.size() >= MAX_LEGS) {
                drop(Drop.TOO_MANY_LEGS);
                LOG.warn("call {} has {} legs already: {} refused", id, MAX_LEGS, spec.id());
                return;
            }
            LegTransport leg = new LegTransport(spec, this, loop, relay);
            legs.put(spec.id(), leg);
            // The call replaces a leg of the same role and kind by itself, so that receivers hear a continuation.
            call.addLeg(spec.id(), spec.role(), spec.kind(), now);
            relay.byUfrag().put(spec.ice().ufragBase(), leg);
        });
    }

    private void closeLeg(LegTransport leg) {
        legs.remove(leg.spec().id());
        relay.byUfrag().remove(leg.spec().ice().ufragBase(), leg);
        leg.close();
    }

    private void withLeg(LegId id, ObjLongConsumer<LegTransport> command) {
        submit(now -> {
            LegTransport leg = legs.get(id);
            if (leg == null) {
                drop(Drop.UNKNOWN_LEG); // it was replaced meanwhile: whoever commands it will hear of that
            } else {
                command.accept(leg, now);
            }
        });
    }

    @Override
    public void setTransport(LegId leg, RemoteTransport transport) {
        withLeg(leg, (known, now) -> known.setRemote(transport, now));
    }

    @Override
    public void setMedia(LegId leg, MediaDescription media) {
        withLeg(leg, (known, now) -> call.setMedia(leg, media, now));
    }

    @Override
    public void setCamera(LegId leg, boolean on) {
        withLeg(leg, (known, now) -> call.setCamera(leg, on, now));
    }

    @Override
    public void setVoiceOnly(LegId leg, boolean voiceOnly) {
        withLeg(leg, (known, now) -> call.setVoiceOnly(leg, voiceOnly, now));
    }

    @Override
    public void setHint(LegId leg, LinkHint hint) {
        withLeg(leg, (known, now) -> call.setHint(leg, hint, now));
    }

    @Override
    public void setThrift(LegId leg, boolean batteryLow, OptionalDouble budgetMb) {
        withLeg(leg, (known, now) -> call.setThrift(leg, batteryLow, budgetMb, now));
    }

    @Override
    public void onPageReport(LegId leg, PageReport report) {
        withLeg(leg, (known, now) -> call.onPageReport(leg, report, now));
    }

    @Override
    public void onBrake(LegId leg) {
        withLeg(leg, (known, now) -> call.onBrake(leg, now));
    }

    @Override
    public void onSocketBytes(LegId leg, SocketBytes bytes) {
        withLeg(leg, (known, now) -> call.onSocketBytes(leg, bytes, now));
    }

    @Override
    public void setTransfers(LegId leg, Transfers transfers) {
        withLeg(leg, (known, now) -> call.setTransfers(leg, transfers, now));
    }

    @Override
    public void setFloor(Optional<LegId> holder) {
        submit(now -> call.setFloor(holder, now));
    }

    @Override
    public void pin(Direction direction, Optional<Rung> rung) {
        submit(now -> call.pin(direction, rung, now));
    }

    @Override
    public void admit() {
        submit(call::admit);
    }

    @Override
    public void removeLeg(LegId leg) {
        withLeg(leg, (known, now) -> {
            closeLeg(known);
            call.removeLeg(leg, now);
        });
    }

    @Override
    public void end() {
        // At once, so that a call of this id may be made again; its commands come behind this one on the same loop.
        forget.accept(this);
        loop.execute(this::dispose);
    }

    @Override
    public CompletionStage<CallSnapshot> snapshot() {
        CompletableFuture<CallSnapshot> result = new CompletableFuture<>();
        loop.execute(() -> {
            guarded(relay.clock().getAsLong(), () -> result.complete(withDrops(call.snapshot(nowNanos))));
            result.completeExceptionally(new IllegalStateException("the call is gone"));
        });
        return result;
    }

    private CallSnapshot withDrops(CallSnapshot inner) {
        Map<String, Long> all = new TreeMap<>(inner.drops());
        drops.forEach((reason, count) -> all.merge(reason.label(), count, Long::sum));
        return new CallSnapshot(inner.legs(), inner.directions(), Map.copyOf(all));
    }
}
