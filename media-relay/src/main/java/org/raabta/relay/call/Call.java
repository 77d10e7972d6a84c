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
import org.raabta.adapter.Decision;
import org.raabta.adapter.Ladder;
import org.raabta.adapter.LinkHint;
import org.raabta.adapter.Rung;
import org.raabta.adapter.Wishes;
import org.raabta.adapter.profile.Profile;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.PageReport;
import org.raabta.relay.control.Role;
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
    private record Pair(Person sender, Person receiver) {}

    private final CallOutput out;
    private final SplittableRandom random;
    private final WallClock wallClock;
    private final Drops drops = new Drops();
    /** In order of arrival. */
    private final Map<LegId, Leg> legs = new LinkedHashMap<>();

    private final Map<Pair, Rung> pins = new LinkedHashMap<>();
    /** What was last said of each direction; empty before the doctor admits. */
    private final Map<Direction, Decision> decided = new LinkedHashMap<>();

    private boolean admitted;
    private long lastNanos;

    /**
     * @param out  where packets and decisions go
     * @param profile the ladder to stand on
     * @param seed for the SSRC-, sequence- and timestamp offsets that RFC 3550 wants random
     */
    public Call(CallOutput out, Profile profile, long seed, long nowNanos) {
        this.out = out;
        this.random = new SplittableRandom(seed);
        this.wallClock = new WallClock(nowNanos);
        this.lastNanos = nowNanos;
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
        legs.put(id, new Leg(id, person, out, drops, random, wallClock, nowNanos));
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
        legs.remove(id);
        decided.keySet()
                .removeIf(direction ->
                        direction.sender().equals(id) || direction.receiver().equals(id));
    }

    public void setMedia(LegId id, MediaDescription media, long nowNanos) {
        lastNanos = nowNanos;
        Leg leg = legs.get(id);
        if (leg != null) {
            leg.downlink.setMedia(media);
            leg.uplink.onNewMedia();
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
        Pair pair = new Pair(sender.person, receiver.person);
        rung.ifPresentOrElse(wanted -> pins.put(pair, wanted), () -> pins.remove(pair));
        decide(nowNanos);
    }

    public void setHint(LegId id, LinkHint hint, long nowNanos) {
        lastNanos = nowNanos;
    }

    public void setThrift(LegId id, boolean batteryLow, OptionalDouble budgetMb, long nowNanos) {
        lastNanos = nowNanos;
    }

    public void onPageReport(LegId id, PageReport report, long nowNanos) {
        lastNanos = nowNanos;
    }

    public void onBrake(LegId id, long nowNanos) {
        lastNanos = nowNanos;
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
        offerEstimates();
    }

    /** Round trip of the leg's link as ICE saw it. */
    public void onRoundTrip(LegId id, long rttNanos, long nowNanos) {
        lastNanos = nowNanos;
        Leg leg = legs.get(id);
        if (leg != null) {
            leg.roundTrip.onSample(rttNanos);
        }
    }

    public void admit(long nowNanos) {
        lastNanos = nowNanos;
        admitted = true;
        decide(nowNanos);
    }

    /** Looks at every direction again and says what is new. */
    private void decide(long nowNanos) {
        for (Leg sender : legs.values()) {
            for (Leg receiver : legs.values()) {
                if (sender != receiver) {
                    decide(sender, receiver);
                }
            }
        }
        for (Leg sender : legs.values()) {
            sender.uplink.setWatched(watched(sender));
        }
        offerEstimates();
        sendDue(nowNanos);
    }

    private void decide(Leg sender, Leg receiver) {
        Forwarder forwarder = receiver.downlink.forwarderOf(sender.person);
        boolean watchedBefore = admitted && forwarder.watching();
        Decision decision = Ladder.decide(wishes(sender, receiver));
        forwarder.setDecision(decision);
        if (!admitted) {
            return;
        }
        Direction direction = new Direction(sender.id, receiver.id);
        Decision before = decided.put(direction, decision);
        if (!decision.equals(before)) {
            out.decided(direction, decision);
        }
        if (forwarder.watching() && (!watchedBefore || before == null)) {
            sender.uplink.wantKeyFrame();
        }
    }

    private Wishes wishes(Leg sender, Leg receiver) {
        return new Wishes(
                sender.camera && mayHaveVideo(sender),
                receiver.voiceOnly || !mayHaveVideo(receiver),
                Optional.ofNullable(pins.get(new Pair(sender.person, receiver.person))));
    }

    /** False only where negotiation said so. */
    private static boolean mayHaveVideo(Leg leg) {
        MediaDescription media = leg.downlink.media();
        return media == null || media.video().isPresent();
    }

    private boolean watched(Leg sender) {
        for (Leg receiver : legs.values()) {
            if (receiver != sender
                    && receiver.downlink.forwarderOf(sender.person).watching()) {
                return admitted;
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
        sender.uplink.rate().add(LinkBytes.ofRtp(packet.readableBytes()), nowNanos);
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
        if (!admitted) {
            drops.count(Drop.NOT_ADMITTED);
            return;
        }
        forward(sender, media, nowNanos);
        if (media.stream().kind() == StreamKind.VIDEO) {
            sender.rtcp.run(nowNanos); // a key frame that is wanted now is asked for now
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
                forwarder.forwardAudio(media, nowNanos);
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
        leg.uplink.rate().add(LinkBytes.ofRtcp(packet.readableBytes()), nowNanos);
        RtcpCompound compound = RtcpCompound.tryParse(packet);
        if (compound == null) {
            drops.count(Drop.NOT_RTCP);
            return;
        }
        drops.count(Drop.MALFORMED_RTCP, compound.malformed());
        for (RtcpMessage message : compound.messages()) {
            onMessage(leg, message, nowNanos);
        }
        sendDue(nowNanos);
    }

    private void onMessage(Leg leg, RtcpMessage message, long nowNanos) {
        if (message instanceof SenderReport report) {
            leg.uplink.onSenderReport(report, nowNanos);
            leg.downlink.onReports(report.blocks(), leg.roundTrip, nowNanos);
        } else if (message instanceof ReceiverReport report) {
            leg.downlink.onReports(report.blocks(), leg.roundTrip, nowNanos);
        } else if (message instanceof Goodbye goodbye) {
            goodbye.ssrcs().forEach(leg.uplink::onGoodbye);
        } else if (message instanceof Nack nack) {
            leg.downlink.onNack(nack, leg.roundTrip, nowNanos);
        } else if (message instanceof TransportFeedback feedback) {
            leg.downlink.onTransportFeedback(feedback, nowNanos);
        } else if (message instanceof PictureLossIndication indication) {
            onKeyFrameRequest(leg, indication.mediaSsrc());
        } else if (message instanceof FullIntraRequest request) {
            request.entries().forEach(entry -> onKeyFrameRequest(leg, entry.ssrc()));
        } else if (message instanceof ReceiverEstimate estimate) {
            leg.downlink.setEstimate(estimate.bitsPerSecond());
            offerEstimates();
        }
    }

    private void onKeyFrameRequest(Leg receiver, int videoSsrc) {
        Person person = receiver.downlink.personOfVideo(videoSsrc);
        Leg sender = person == null ? null : legOf(person);
        if (sender != null && admitted) {
            sender.uplink.wantKeyFrame();
        }
    }

    /** Tells every sender of watched video the least of what its receivers' links carry. */
    private void offerEstimates() {
        for (Leg sender : legs.values()) {
            long least = EstimateRelay.UNLIMITED;
            for (Leg receiver : legs.values()) {
                Long estimate = receiver.downlink.estimate();
                if (receiver != sender
                        && estimate != null
                        && receiver.downlink.forwarderOf(sender.person).watching()) {
                    least = Math.min(least, estimate);
                }
            }
            sender.estimates.offer(least);
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
        sendDue(nowNanos);
    }

    private void sendDue(long nowNanos) {
        for (Leg leg : legs.values()) {
            leg.rtcp.run(nowNanos);
        }
    }

    /** When {@link #onDeadline} is next due; always later than the last {@code nowNanos}. */
    public long nextDeadlineNanos() {
        long next = Deadlines.NONE;
        for (Leg leg : legs.values()) {
            next = Deadlines.earlier(next, leg.rtcp.nextDeadlineNanos(lastNanos));
        }
        return next == Deadlines.NONE || next - lastNanos > 0 ? next : lastNanos + 1;
    }

    // ---- figures

    public CallSnapshot snapshot(long nowNanos) {
        List<CallSnapshot.LegSnapshot> legSnapshots = new ArrayList<>(legs.size());
        List<CallSnapshot.DirectionSnapshot> directions = new ArrayList<>();
        for (Leg sender : legs.values()) {
            legSnapshots.add(sender.snapshot(nowNanos));
            for (Leg receiver : legs.values()) {
                if (sender != receiver) {
                    Forwarder forwarder = receiver.downlink.forwarderOf(sender.person);
                    directions.add(new CallSnapshot.DirectionSnapshot(
                            new Direction(sender.id, receiver.id),
                            new org.raabta.adapter.Plan(
                                    forwarder.decision(),
                                    new org.raabta.adapter.AudioPlan(24000, 20, false, false),
                                    org.raabta.adapter.VideoPlan.OFF,
                                    0),
                            forwarder.rate().kbps(nowNanos)));
                }
            }
        }
        return new CallSnapshot(legSnapshots, directions, drops.byName());
    }

    /** What {@code leg}'s transport-wide feedback says of our packets, or null: for the adapter and for tests. */
    @Nullable
    TransportFigures transportFigures(LegId leg) {
        Leg known = legs.get(leg);
        return known == null ? null : known.downlink.sent().figures();
    }
}
