package org.raabta.relay.call;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.LinkHint;
import org.raabta.adapter.Rung;
import org.raabta.adapter.ladder.PushToTalk;
import org.raabta.adapter.profile.Profile;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.PageReport;
import org.raabta.relay.control.Role;
import org.raabta.relay.control.SocketBytes;
import org.raabta.relay.control.StillPicture;
import org.raabta.relay.control.Transfers;
import org.raabta.relay.rtp.FullIntraRequest;
import org.raabta.relay.rtp.Goodbye;
import org.raabta.relay.rtp.Nack;
import org.raabta.relay.rtp.PictureLossIndication;
import org.raabta.relay.rtp.ReceiverEstimate;
import org.raabta.relay.rtp.ReceiverReport;
import org.raabta.relay.rtp.RtcpCompound;
import org.raabta.relay.rtp.RtcpMessage;
import org.raabta.relay.rtp.RtpPacket;
import org.raabta.relay.rtp.SenderReport;
import org.raabta.relay.rtp.TransportFeedback;

/**
 * One consultation: legs in, forwarding decisions and packets out. Not thread-safe: its loop owns it.
 *
 * <pre>
 * onRtp  -> Leg.Uplink -> MediaPacket -> for every other leg: Forwarder -> Downlink -> out.sendRtp
 * onRtcp -> reports, NACK, feedback: the leg's own Downlink; key frame requests, REMB: the Uplink they are about
 * onDeadline -> each leg's RtcpSchedule -> out.sendRtcp
 * </pre>
 */
public final class Call {
    private final CallOutput out;
    private final SplittableRandom random;
    private final WallClock wallClock;
    private final Drops drops = new Drops();
    /** In order of arrival. */
    private final Map<LegId, Leg> legs = new LinkedHashMap<>();

    private final Adaptation adaptation;
    private final StillsOfVideo stills;
    private final Profile profile;
    private long lastNanos;

    /**
     * @param out     where packets and decisions go
     * @param profile the ladder to stand on
     * @param seed    for the SSRC-, sequence- and timestamp offsets that RFC 3550 wants random
     */
    public Call(CallOutput out, Profile profile, long seed, long nowNanos) {
        this(out, profile, TranscoderPool.none(), seed, nowNanos);
    }

    /** As the other one; {@code transcoders} are there for who cannot be reached otherwise. To be closed. */
    public Call(CallOutput out, Profile profile, TranscoderPool transcoders, long seed, long nowNanos) {
        this(out, profile, Planner.ladders(profile), () -> new PushToTalk(profile), transcoders, seed, nowNanos);
    }

    Call(
            CallOutput out,
            Profile profile,
            Planner.Maker planners,
            Turns.PushToTalkMaker talks,
            TranscoderPool transcoders,
            long seed,
            long nowNanos) {
        this.out = out;
        this.random = new SplittableRandom(seed);
        this.wallClock = new WallClock(nowNanos);
        this.lastNanos = nowNanos;
        this.adaptation = new Adaptation(out, planners, talks, transcoders, nowNanos);
        this.stills = new StillsOfVideo(legs.values(), out);
        this.profile = profile;
    }

    // ---- who is here and what they want

    /** Adds a leg; one of the same role and kind is replaced, and receivers hear the new one as a continuation. */
    public void addLeg(LegId id, Role role, LegKind kind, long nowNanos) {
        lastNanos = nowNanos;
        Person person = new Person(role, kind);
        Leg replaced = legOf(person);
        if (replaced != null) {
            forget(replaced.id);
        }
        forget(id);
        legs.put(id, new Leg(id, person, out, drops, random, wallClock, profile, nowNanos));
        decide(nowNanos);
    }

    public void removeLeg(LegId id, long nowNanos) {
        lastNanos = nowNanos;
        Leg removed = legs.get(id);
        forget(id);
        if (removed != null && legOf(removed.person) == null) {
            legs.values().forEach(leg -> leg.downlink.gone(removed.person));
        }
        decide(nowNanos);
    }

    private void forget(LegId id) {
        Leg gone = legs.remove(id);
        if (gone != null) {
            gone.downlink.close();
            adaptation.forget(gone);
        }
    }

    /** Ends the call: nothing is to be asked of it any more. */
    public void close() {
        legs.values().forEach(leg -> leg.downlink.close());
    }

    public void setMedia(LegId id, MediaDescription media, long nowNanos) {
        lastNanos = nowNanos;
        Leg leg = legs.get(id);
        if (leg != null) {
            leg.downlink.setMedia(media);
            leg.uplink.onNewMedia();
            leg.commander.repeat();
            decide(nowNanos);
        }
    }

    public void setCamera(LegId id, boolean on, long nowNanos) {
        lastNanos = nowNanos;
        Leg leg = legs.get(id);
        if (leg != null) {
            leg.camera = on;
            decide(nowNanos);
        }
    }

    public void setVoiceOnly(LegId id, boolean voiceOnly, long nowNanos) {
        lastNanos = nowNanos;
        Leg leg = legs.get(id);
        if (leg != null) {
            leg.voiceOnly = voiceOnly;
            decide(nowNanos);
        }
    }

    /** A pin is about persons: it stays when one of the legs is replaced. */
    public void pin(Direction direction, Optional<Rung> rung, long nowNanos) {
        lastNanos = nowNanos;
        Leg sender = legs.get(direction.sender());
        Leg receiver = legs.get(direction.receiver());
        if (sender == null || receiver == null) {
            return;
        }
        adaptation.pin(sender, receiver, rung);
        decide(nowNanos);
    }

    public void setHint(LegId id, LinkHint hint, long nowNanos) {
        lastNanos = nowNanos;
        Leg leg = legs.get(id);
        if (leg != null) {
            leg.onHint(hint);
            decide(nowNanos);
        }
    }

    public void setThrift(LegId id, boolean batteryLow, OptionalDouble budgetMb, long nowNanos) {
        lastNanos = nowNanos;
        Leg leg = legs.get(id);
        if (leg != null) {
            leg.thrift.set(batteryLow, budgetMb, nowNanos);
            decide(nowNanos);
        }
    }

    public void onPageReport(LegId id, PageReport report, long nowNanos) {
        lastNanos = nowNanos;
        Leg leg = legs.get(id);
        if (leg != null) {
            leg.downlink.onPageReport(report, nowNanos);
            decide(nowNanos);
        }
    }

    public void onSocketBytes(LegId id, SocketBytes bytes, long nowNanos) {
        lastNanos = nowNanos;
        Leg leg = legs.get(id);
        if (leg != null) {
            leg.onSocketBytes(bytes, nowNanos);
            if (adaptation.due(nowNanos)) {
                decide(nowNanos);
            }
        }
    }

    public void setTransfers(LegId id, Transfers transfers, long nowNanos) {
        lastNanos = nowNanos;
        Leg leg = legs.get(id);
        if (leg != null) {
            leg.transfers.setTransfers(transfers);
            decide(nowNanos);
        }
    }

    /** Who may speak on push-to-talk; a leg that is not here speaks for nobody. */
    public void setFloor(Optional<LegId> holder, long nowNanos) {
        lastNanos = nowNanos;
        adaptation.setFloor(holder);
        decide(nowNanos);
    }

    public void onBrake(LegId id, long nowNanos) {
        lastNanos = nowNanos;
        Leg leg = legs.get(id);
        if (leg != null) {
            leg.commander.repeat();
            decide(nowNanos);
        }
    }

    /** Whether packets can reach the leg: nothing is sent to one that is not connected. */
    public void setConnected(LegId id, boolean connected, long nowNanos) {
        lastNanos = nowNanos;
        Leg leg = legs.get(id);
        if (leg == null) {
            return;
        }
        leg.downlink.setConnected(connected);
        if (connected) {
            leg.rtcp.restart(nowNanos);
        }
        refreshWatching(leg, connected);
        decide(nowNanos);
    }

    /** Round trip of the leg's link as ICE saw it. */
    public void onRoundTrip(LegId id, long rttNanos, long nowNanos) {
        lastNanos = nowNanos;
        Leg leg = legs.get(id);
        if (leg != null) {
            leg.onRoundTrip(rttNanos, nowNanos);
        }
    }

    public void admit(long nowNanos) {
        lastNanos = nowNanos;
        adaptation.admit();
        decide(nowNanos);
    }

    /** Looks at every direction again and says what is new. */
    private void decide(long nowNanos) {
        adaptation.run(legs.values(), nowNanos);
        for (Leg sender : legs.values()) {
            sender.uplink.setWatched(watched(sender));
        }
        sendDue(nowNanos);
    }

    private boolean watched(Leg sender) {
        for (Leg receiver : legs.values()) {
            if (receiver != sender
                    && receiver.downlink.forwarderOf(sender.person).wantsVideo()) {
                return adaptation.admitted();
            }
        }
        return false;
    }

    /** {@code receiver} came or went: whom it watches has to show a key frame, or need not be repaired any more. */
    private void refreshWatching(Leg receiver, boolean connected) {
        for (Leg sender : legs.values()) {
            if (sender != receiver) {
                sender.uplink.setWatched(watched(sender));
                if (connected && receiver.downlink.forwarderOf(sender.person).watching()) {
                    sender.uplink.wantKeyFrame();
                }
            }
        }
    }

    // ---- packets

    /** A decrypted RTP packet of {@code from}. Borrows {@code packet}. */
    public void onRtp(LegId from, ByteBuf packet, long nowNanos) {
        lastNanos = nowNanos;
        Leg sender = legs.get(from);
        if (sender == null) {
            drops.count(Drop.UNKNOWN_LEG);
            return;
        }
        sender.onBytes(LinkBytes.ofRtp(packet.readableBytes()), nowNanos);
        RtpPacket rtp = RtpPacket.tryParse(packet);
        if (rtp == null) {
            drops.count(Drop.NOT_RTP);
            return;
        }
        MediaDescription negotiated = sender.downlink.media();
        if (negotiated == null) {
            drops.count(Drop.NO_MEDIA);
            return;
        }
        MediaPacket media = sender.uplink.receive(rtp, negotiated, nowNanos);
        if (media == null) {
            return;
        }
        sender.onMedia(media, nowNanos);
        StillPicture picture = stills.take(sender, media, adaptation.admitted(), nowNanos);
        if (!adaptation.admitted()) {
            drops.count(Drop.NOT_ADMITTED);
            return;
        }
        forward(sender, media, nowNanos);
        if (picture != null) {
            stills.handOut(sender, picture, nowNanos);
        }
        if (media.stream().kind() == StreamKind.VIDEO) {
            sender.rtcp.run(nowNanos); // a key frame that is wanted now is asked for now
        }
        if (adaptation.due(nowNanos)) {
            decide(nowNanos);
        }
    }

    private void forward(Leg sender, MediaPacket media, long nowNanos) {
        boolean video = media.stream().kind() == StreamKind.VIDEO;
        for (Leg receiver : legs.values()) {
            if (receiver == sender) {
                continue;
            }
            Forwarder forwarder = receiver.downlink.forwarderOf(sender.person);
            if (!video) {
                if (adaptation.mayHear(sender, receiver)) {
                    forwarder.forwardAudio(media, nowNanos);
                } else {
                    drops.count(Drop.NO_FLOOR);
                    forwarder.voice().interrupt();
                }
            } else if (forwarder.forwardVideo(media, nowNanos) == Forwarder.Verdict.NEEDS_KEY_FRAME) {
                sender.uplink.wantKeyFrame();
            }
        }
    }

    /** A decrypted RTCP compound of {@code from}. Borrows {@code packet}. */
    public void onRtcp(LegId from, ByteBuf packet, long nowNanos) {
        lastNanos = nowNanos;
        Leg leg = legs.get(from);
        if (leg == null) {
            drops.count(Drop.UNKNOWN_LEG);
            return;
        }
        leg.onBytes(LinkBytes.ofRtcp(packet.readableBytes()), nowNanos);
        leg.up.onOther(nowNanos);
        RtcpCompound compound = RtcpCompound.tryParse(packet);
        if (compound == null) {
            drops.count(Drop.NOT_RTCP);
            return;
        }
        drops.count(Drop.MALFORMED_RTCP, compound.malformed());
        for (RtcpMessage message : compound.messages()) {
            onMessage(leg, message, nowNanos);
        }
        decide(nowNanos);
    }

    private void onMessage(Leg leg, RtcpMessage message, long nowNanos) {
        if (message instanceof SenderReport report) {
            leg.uplink.onSenderReport(report, nowNanos);
            leg.downlink.onReports(report.blocks(), rtt -> leg.onRoundTrip(rtt, nowNanos), nowNanos);
        } else if (message instanceof ReceiverReport report) {
            leg.downlink.onReports(report.blocks(), rtt -> leg.onRoundTrip(rtt, nowNanos), nowNanos);
        } else if (message instanceof Goodbye goodbye) {
            goodbye.ssrcs().forEach(leg.uplink::onGoodbye);
        } else if (message instanceof Nack nack) {
            if (leg.downlink.onNack(nack, leg.roundTrip, nowNanos) == Forwarder.Repair.NEEDS_KEY_FRAME) {
                onKeyFrameRequest(leg, nack.mediaSsrc());
            }
        } else if (message instanceof TransportFeedback feedback) {
            leg.downlink.onTransportFeedback(feedback, nowNanos);
        } else if (message instanceof PictureLossIndication indication) {
            onKeyFrameRequest(leg, indication.mediaSsrc());
        } else if (message instanceof FullIntraRequest request) {
            request.entries().forEach(entry -> onKeyFrameRequest(leg, entry.ssrc()));
        } else if (message instanceof ReceiverEstimate estimate) {
            leg.onReceiverEstimate(estimate.bitsPerSecond());
        }
    }

    private void onKeyFrameRequest(Leg receiver, int videoSsrc) {
        Person person = receiver.downlink.personOfVideo(videoSsrc);
        Leg sender = person == null ? null : legOf(person);
        if (sender != null && adaptation.admitted()) {
            sender.uplink.wantKeyFrame();
        }
    }

    private @Nullable Leg legOf(Person person) {
        for (Leg leg : legs.values()) {
            if (leg.person.equals(person)) {
                return leg;
            }
        }
        return null;
    }

    // ---- time

    /** To be called when {@link #nextDeadlineNanos()} has come; harmless at any other time. */
    public void onDeadline(long nowNanos) {
        lastNanos = nowNanos;
        // Asked before pictures are let out: that tells the estimators the time, and then they are never overdue.
        boolean adapt = Deadlines.due(adaptation.nextDeadlineNanos(legs.values()), nowNanos);
        legs.values().forEach(leg -> leg.downlink.run(nowNanos));
        if (adapt) {
            decide(nowNanos);
        } else {
            sendDue(nowNanos);
        }
    }

    private void sendDue(long nowNanos) {
        for (Leg leg : legs.values()) {
            leg.rtcp.run(nowNanos);
        }
    }

    /** When {@link #onDeadline} is next due; always later than the last {@code nowNanos}. */
    public long nextDeadlineNanos() {
        long next = adaptation.nextDeadlineNanos(legs.values());
        for (Leg leg : legs.values()) {
            next = Deadlines.earlier(next, leg.rtcp.nextDeadlineNanos(lastNanos));
            next = Deadlines.earlier(next, leg.downlink.nextDeadlineNanos(lastNanos));
        }
        return next == Deadlines.NONE || next - lastNanos > 0 ? next : lastNanos + 1;
    }

    // ---- figures

    public CallSnapshot snapshot(long nowNanos) {
        decide(nowNanos); // what is shown is decided on what is known
        List<CallSnapshot.LegSnapshot> legSnapshots = new ArrayList<>(legs.size());
        List<CallSnapshot.DirectionSnapshot> directions = new ArrayList<>();
        for (Leg sender : legs.values()) {
            legSnapshots.add(sender.snapshot(nowNanos));
            for (Leg receiver : legs.values()) {
                if (sender != receiver) {
                    Forwarder forwarder = receiver.downlink.forwarderOf(sender.person);
                    directions.add(new CallSnapshot.DirectionSnapshot(
                            new Direction(sender.id, receiver.id),
                            adaptation.planOf(sender, receiver, nowNanos),
                            forwarder.rate().kbps(nowNanos)));
                }
            }
        }
        return new CallSnapshot(legSnapshots, directions, drops.byName());
    }

    /** A leg that is here, or null: for tests. */
    @Nullable
    Leg leg(LegId id) {
        return legs.get(id);
    }

    /** What {@code leg}'s transport-wide feedback says of our packets, or null: for the adapter and for tests. */
    @Nullable
    TransportFigures transportFigures(LegId leg) {
        Leg known = legs.get(leg);
        return known == null ? null : known.downlink.sent().figures();
    }
}
