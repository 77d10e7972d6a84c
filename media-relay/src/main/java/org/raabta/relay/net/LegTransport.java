package org.raabta.relay.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.control.DisconnectReason;
import org.raabta.relay.control.LegSpec;
import org.raabta.relay.control.RemoteTransport;
import org.raabta.relay.ice.IceLite;
import org.raabta.relay.ice.IceOutput;
import org.raabta.relay.ice.Path;
import org.raabta.relay.ice.StunMessage;
import org.raabta.relay.ice.StunVerdict;
import org.raabta.relay.secure.SrtpSession;
import org.raabta.relay.secure.SrtpVerdict;

/** One leg's transport on its loop: ICE, DTLS and SRTP, the addresses it was seen at, and whether media can flow. */
final class LegTransport implements IceOutput, Associations.Leg {
    /** A phone between two networks has a handful; the oldest is forgotten for the next. */
    private static final int MAX_PATHS = 8;

    /** Until a check of ours has been answered; a guess between the links that we serve. */
    private static final long UNKNOWN_RTT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LegSpec spec;
    private final CallOwner owner;
    private final MediaLoop loop;
    private final IceLite ice;
    private final Associations associations;
    /** Where the leg was seen, and whether an authenticated check came from there. */
    private final Map<Path, Boolean> paths = new LinkedHashMap<>();

    private final Set<Integer> ssrcs = new HashSet<>();
    private long rttNanos = UNKNOWN_RTT_NANOS;
    private boolean connected;

    LegTransport(LegSpec spec, CallOwner owner, MediaLoop loop, RelayContext relay) {
        this.spec = spec;
        this.owner = owner;
        this.loop = loop;
        this.ice = new IceLite(
                spec.ice(),
                LegTransport::transactionId,
                ThreadLocalRandom.current().nextLong(),
                this);
        this.associations = new Associations(relay, this);
    }

    /** Unguessable enough: our checks are authenticated by their HMAC, the id only pairs an answer with its check. */
    private static byte[] transactionId() {
        byte[] id = new byte[12];
        ThreadLocalRandom.current().nextBytes(id);
        return id;
    }

    LegSpec spec() {
        return spec;
    }

    CallOwner owner() {
        return owner;
    }

    MediaLoop loop() {
        return loop;
    }

    void setRemote(RemoteTransport transport, long nowNanos) {
        ice.setRemote(transport, nowNanos);
        associations.setFingerprint(transport.sha256Fingerprint());
    }

    void onStun(StunMessage message, Path from, long nowNanos) {
        StunVerdict verdict = ice.onStun(message, from, nowNanos);
        switch (verdict) {
            case AUTHENTIC -> bind(from, true);
            case NO_CREDENTIALS -> drop(Drop.STUN_NO_CREDENTIALS);
            case WRONG_INTEGRITY -> drop(Drop.STUN_WRONG_INTEGRITY);
            case UNKNOWN_ATTRIBUTE -> drop(Drop.STUN_UNKNOWN_ATTRIBUTE);
            case ROLE_CONFLICT -> drop(Drop.STUN_ROLE_CONFLICT);
            case UNEXPECTED -> drop(Drop.STUN_UNEXPECTED);
        }
    }

    void onDtls(byte[] datagram, Path from, long nowNanos) {
        boolean checked = paths.getOrDefault(from, false);
        associations.onDatagram(datagram, from, checked, rttNanos, nowNanos);
    }

    /**
     * An SRTP or SRTCP packet that may be this leg's; turned into plain RTP or RTCP where it lies.
     *
     * @param known whether it came from an address of this leg: if not, a failure is nobody's fault and not counted
     * @return whether it was authentic
     */
    boolean onMedia(ByteBuf packet, boolean rtcp, Path from, boolean known, long nowNanos) {
        SrtpSession session = associations.session();
        if (session == null) {
            drop(Drop.KEYS_INERT);
            return false;
        }
        int ssrc = packet.getInt(packet.readerIndex() + (rtcp ? 4 : 8));
        SrtpVerdict verdict = rtcp ? session.unprotectRtcp(packet) : session.unprotectRtp(packet);
        if (verdict != SrtpVerdict.OK) {
            if (known) {
                drop(dropOf(verdict));
            }
            return false;
        }
        if (ssrcs.add(ssrc)) {
            loop.bindSsrc(ssrc, this);
        }
        if (session.newest() && !from.equals(ice.selected())) {
            bind(from, false);
            ice.onNewerMedia(from, nowNanos);
        }
        owner.deliver(spec.id(), packet, rtcp, nowNanos);
        return true;
    }

    private static Drop dropOf(SrtpVerdict verdict) {
        return switch (verdict) {
            case OK -> throw new IllegalArgumentException("not a drop");
            case MALFORMED -> Drop.SRTP_MALFORMED;
            case AUTHENTICATION_FAILED -> Drop.SRTP_AUTHENTICATION_FAILED;
            case REPLAYED -> Drop.SRTP_REPLAYED;
            case TOO_MANY_SSRCS -> Drop.SRTP_TOO_MANY_SSRCS;
        };
    }

    /** Protects and sends plain RTP or RTCP; takes ownership of {@code packet}. */
    void sendMedia(ByteBuf packet, boolean rtcp) {
        SrtpSession session = associations.session();
        Path path = ice.selected();
        if (session == null || path == null || !ice.maySend()) {
            packet.release();
            drop(Drop.NOT_CONNECTED);
            return;
        }
        SrtpVerdict verdict = rtcp ? session.protectRtcp(packet) : session.protectRtp(packet);
        if (verdict != SrtpVerdict.OK) {
            packet.release();
            drop(Drop.SRTP_NOT_SENT);
            return;
        }
        loop.send(path, packet, true, owner);
    }

    private void bind(Path path, boolean checked) {
        if (paths.merge(path, checked, Boolean::logicalOr) && paths.size() <= MAX_PATHS && loop.isBound(path, this)) {
            return;
        }
        loop.bindPath(path, this);
        Iterator<Path> oldest = paths.keySet().iterator();
        while (paths.size() > MAX_PATHS) {
            Path candidate = oldest.next();
            if (!candidate.equals(path) && !candidate.equals(ice.selected())) {
                oldest.remove();
                loop.unbindPath(candidate, this);
            }
        }
    }

    void onDeadline(long nowNanos) {
        if (Deadline.isDue(ice.nextDeadlineNanos(), nowNanos)) {
            ice.onDeadline(nowNanos);
        }
        associations.onDeadline(nowNanos);
    }

    long nextDeadlineNanos() {
        return Deadline.earlier(ice.nextDeadlineNanos(), associations.nextDeadlineNanos());
    }

    /** Closes the transport and forgets the leg's addresses; the far end is told. */
    void close() {
        associations.close();
        paths.keySet().forEach(path -> loop.unbindPath(path, this));
        paths.clear();
        forgetSsrcs();
    }

    private void forgetSsrcs() {
        ssrcs.forEach(ssrc -> loop.unbindSsrc(ssrc, this));
        ssrcs.clear();
    }

    private void update(@Nullable DisconnectReason reason) {
        boolean now = associations.session() != null && ice.maySend();
        if (now != connected) {
            connected = now;
            owner.connectionChanged(spec.id(), now, reason);
        } else if (!now && reason != null && reason != DisconnectReason.CONSENT_EXPIRED) {
            // It was not connected and now cannot become so with what it has: signaling must know.
            owner.transportGone(spec.id(), reason);
        }
    }

    @Override
    public void send(Path to, byte[] stun) {
        loop.send(to, Unpooled.wrappedBuffer(stun), false, owner);
    }

    @Override
    public void selected(Path path) {
        // Nothing to do: ice.selected() is asked for each packet that leaves.
    }

    @Override
    public void consent(boolean granted) {
        update(granted ? null : DisconnectReason.CONSENT_EXPIRED);
    }

    @Override
    public void abandoned() {
        boolean hadKeys = associations.session() != null;
        associations.close();
        forgetSsrcs();
        if (hadKeys) {
            update(DisconnectReason.KEYS_EXPIRED);
        }
    }

    @Override
    public void roundTrip(long nanos) {
        rttNanos = nanos;
        owner.roundTrip(spec.id(), nanos);
    }

    @Override
    public void sendDtls(Path to, byte[] datagram) {
        loop.send(to, Unpooled.wrappedBuffer(datagram), false, owner);
    }

    @Override
    public void onLoop(Consumer<Long> command) {
        owner.submit(command);
    }

    @Override
    public boolean inLoop() {
        return loop.inLoop();
    }

    @Override
    public void keysChanged() {
        forgetSsrcs();
        // A new peer connection at the far end remembers nothing: the call must start its streams anew towards it, also
        // where the old one was up until now.
        connected = false;
        update(null);
    }

    @Override
    public void keysLost(DisconnectReason reason) {
        forgetSsrcs();
        update(reason);
    }

    @Override
    public void drop(Drop reason) {
        owner.drop(reason);
    }
}
