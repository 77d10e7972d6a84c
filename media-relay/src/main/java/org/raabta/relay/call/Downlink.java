package org.raabta.relay.call;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.PageReport;
import org.raabta.relay.rtp.Nack;
import org.raabta.relay.rtp.NtpTime;
import org.raabta.relay.rtp.ReportBlock;
import org.raabta.relay.rtp.RtcpMessage;
import org.raabta.relay.rtp.RtpHeader;
import org.raabta.relay.rtp.TransportFeedback;

/** What goes to one leg: everybody it hears, each in a slot of its own, and what it reports back. */
final class Downlink {
    /** Datagrams of RTCP stay well under any path's limit. */
    private static final int MAX_RTCP_BYTES = 1100;

    private final LegId leg;
    private final CallOutput out;
    private final Drops drops;
    private final SplittableRandom random;
    private final WallClock wallClock;
    /** A person keeps its slot when its leg is replaced. */
    private final Map<Person, Forwarder> forwarders = new LinkedHashMap<>();
    /** Who has gone: their slots stay theirs until somebody else needs one. */
    private final Set<Person> gone = new LinkedHashSet<>();

    /** Of our streams, as last reported; bounded by the streams there are. */
    private final ReportedLoss losses = new ReportedLoss();

    private final DownlinkSense sense;
    private final SentPackets sent;
    private final Stamping stamping = new Stamping();
    private final Pacer pacer = new Pacer();
    private final RateMeter rate = new RateMeter();
    private @Nullable MediaDescription media;
    private boolean connected;
    private OptionalDouble reportedLoss = OptionalDouble.empty();

    Downlink(
            LegId leg, CallOutput out, Drops drops, SplittableRandom random, WallClock wallClock, DownlinkSense sense) {
        this.sense = sense;
        pacer.setDraining(sense.estimator()::queueStands);
        this.sent = new SentPackets(sense);
        this.leg = leg;
        this.out = out;
        this.drops = drops;
        this.random = random;
        this.wallClock = wallClock;
    }

    /**
     * The forwarder of this person; when it is first asked for, it takes the slot of somebody who has gone (a page hears
     * slot 0 and no other), else the next one.
     */
    Forwarder forwarderOf(Person person) {
        gone.remove(person);
        Forwarder known = forwarders.get(person);
        if (known != null) {
            return known;
        }
        Person former = gone.stream().findFirst().orElse(null);
        Forwarder vacant = former == null ? null : forwarders.remove(former);
        if (former != null) {
            gone.remove(former);
        }
        Forwarder forwarder = vacant == null ? new Forwarder(forwarders.size(), this, drops, random) : vacant;
        forwarders.put(person, forwarder);
        return forwarder;
    }

    /** The person has no leg any more. */
    void gone(Person person) {
        Forwarder forwarder = forwarders.get(person);
        if (forwarder != null) {
            forwarder.voice().close();
            gone.add(person);
        }
    }

    /** The leg is no more. */
    void close() {
        forwarders().forEach(forwarder -> forwarder.voice().close());
    }

    Collection<Forwarder> forwarders() {
        return forwarders.values();
    }

    /** Who is seen under this SSRC, or null. */
    @Nullable
    Person personOfVideo(int ssrc) {
        for (Map.Entry<Person, Forwarder> entry : forwarders.entrySet()) {
            if (entry.getValue().video().ssrc() == ssrc) {
                return entry.getKey();
            }
        }
        return null;
    }

    @Nullable
    MediaDescription media() {
        return media;
    }

    void setMedia(MediaDescription media) {
        this.media = media;
    }

    boolean connected() {
        return connected;
    }

    /** A leg that connects, again or not, may have forgotten everything it got before. */
    void setConnected(boolean connected) {
        this.connected = connected;
        forwarders().forEach(Forwarder::interrupt);
    }

    // ---- sending

    /** The header with the next transport-wide sequence number, if this leg negotiated that and it is this packet's turn. */
    RtpHeader stamp(RtpHeader header, boolean video, long nowNanos) {
        int stampId = media == null ? MediaDescription.NONE : media.extensions().transportCc();
        return stampId != MediaDescription.NONE && stamping.stamps(video, nowNanos)
                ? header.stamped(stampId, sent.nextStamp())
                : header;
    }

    /** A new packet with its header written and room for the payload. */
    ByteBuf open(RtpHeader header, int payloadBytes) {
        ByteBuf packet = out.allocate(header.length() + payloadBytes);
        header.writeTo(packet);
        return packet;
    }

    /** Sends a packet of {@link #open}. Takes ownership of {@code packet}. */
    void transmit(RtpHeader header, ByteBuf packet, RateMeter direction, long nowNanos) {
        int bytes = LinkBytes.ofRtp(packet.readableBytes());
        long soFar = sense.onSent(bytes, nowNanos);
        if (header.stamped()) {
            sent.onSent(bytes, soFar, nowNanos);
        }
        losses.onSent(header.ssrc(), header.sequenceNumber());
        rate.add(bytes, nowNanos);
        direction.add(bytes, nowNanos);
        out.sendRtp(leg, packet);
    }

    /** Something that is not RTP went to the leg on the same link. */
    void onBeside(int linkBytes, long nowNanos) {
        sense.onBeside(linkBytes, nowNanos);
        rate.add(linkBytes, nowNanos);
    }

    /** Whether a video packet has room; if not, its frame is to be left out. */
    boolean admitsVideo(boolean newFrame, int payloadBytes, long nowNanos) {
        return pacer.admits(newFrame, LinkBytes.ofRtp(RtpHeader.MAX_BYTES + payloadBytes), nowNanos);
    }

    /** Like {@link #transmit}, but not before the pacer has room. */
    void transmitPaced(Forwarder owner, RtpHeader header, ByteBuf packet, long nowNanos) {
        int bytes = LinkBytes.ofRtp(packet.readableBytes());
        if (pacer.passes(bytes, nowNanos)) {
            transmit(header, packet, owner.rate(), nowNanos);
            return;
        }
        byte[] payload = new byte[packet.readableBytes() - header.length()];
        packet.getBytes(packet.readerIndex() + header.length(), payload);
        packet.release();
        RtpHeader unstamped = header.stamped(MediaDescription.NONE, 0);
        pacer.add(new Pacer.Waiting(owner, unstamped, Unpooled.wrappedBuffer(payload), bytes));
    }

    private void sendWaiting(Pacer.Waiting waiting, long nowNanos) {
        RtpHeader header = stamp(waiting.header(), true, nowNanos);
        ByteBuf packet = open(header, waiting.payload().readableBytes());
        packet.writeBytes(waiting.payload());
        transmit(header, packet, waiting.owner().rate(), nowNanos);
    }

    /** The stream of {@code header} goes on with it, after a pause. */
    void resumes(RtpHeader header) {
        losses.onResumed(header.ssrc(), header.sequenceNumber());
    }

    /** What waits of this person's video is not to be seen any more. */
    void forgetWaiting(Forwarder owner) {
        List<Pacer.Waiting> dropped = pacer.drop(owner);
        drops.count(Drop.PACER_FULL, dropped.size());
    }

    /** How much this leg's link may carry beside the media, in both directions. */
    void setThrift(DownlinkMode mode) {
        stamping.setMode(mode);
    }

    DownlinkMode thrift() {
        return stamping.mode();
    }

    /** Who says whether the link takes more beside speech; at first, it does. */
    void setGate(Pacer.Gate gate) {
        pacer.setGate(gate);
    }

    /** A plan has changed: all pictures together go at the sum of what the plans allow. */
    void shareVideo() {
        double kbps = 0;
        for (Map.Entry<Person, Forwarder> entry : forwarders.entrySet()) {
            kbps += gone.contains(entry.getKey()) ? 0 : entry.getValue().videoKbps();
        }
        pacer.setKbps(kbps > 0 ? kbps : Pacer.UNLIMITED_KBPS);
    }

    /** Sends what has waited long enough: collected speech, and pictures that have room now. */
    void run(long nowNanos) {
        forwarders().forEach(forwarder -> forwarder.voice().run(nowNanos));
        pacer.run(this::sendWaiting, nowNanos);
    }

    /** When {@link #run} is next due. */
    long nextDeadlineNanos(long nowNanos) {
        long next = pacer.nextDeadlineNanos(nowNanos);
        for (Forwarder forwarder : forwarders()) {
            next = Deadlines.earlier(next, forwarder.voice().nextDeadlineNanos());
        }
        return next;
    }

    /** Sends messages in as few datagrams as fit. Feedback may be padded and so ends one (RFC 3550, section 6.4.1). */
    void sendRtcp(List<RtcpMessage> messages, long nowNanos) {
        List<RtcpMessage> batch = new ArrayList<>(messages.size());
        int bytes = 0;
        for (RtcpMessage message : messages) {
            if (bytes > 0 && bytes + message.length() > MAX_RTCP_BYTES) {
                sendDatagram(batch, bytes, nowNanos);
                batch.clear();
                bytes = 0;
            }
            batch.add(message);
            bytes += message.length();
            if (message instanceof TransportFeedback) {
                sendDatagram(batch, bytes, nowNanos);
                batch.clear();
                bytes = 0;
            }
        }
        if (bytes > 0) {
            sendDatagram(batch, bytes, nowNanos);
        }
    }

    private void sendDatagram(List<RtcpMessage> messages, int bytes, long nowNanos) {
        ByteBuf packet = out.allocate(bytes);
        messages.forEach(message -> message.writeTo(packet));
        int linkBytes = LinkBytes.ofRtcp(bytes);
        sense.onBeside(linkBytes, nowNanos);
        rate.add(linkBytes, nowNanos);
        out.sendRtcp(leg, packet);
    }

    // ---- what the receiver reports

    /** Takes blocks about our streams: losses, and the round trip. */
    void onReports(List<ReportBlock> blocks, LongConsumer roundTrip, long nowNanos) {
        losses.clear();
        for (ReportBlock block : blocks) {
            if (!isOurs(block.ssrc())) {
                continue;
            }
            losses.add(block);
            if (block.lastReport() != 0) {
                int elapsed = wallClock.middle(nowNanos) - block.lastReport() - block.sinceLastReport();
                if (elapsed >= 0) {
                    roundTrip.accept(NtpTime.shortToNanos(elapsed));
                }
            }
        }
        if (losses.packets() > 0) {
            reportedLoss = OptionalDouble.of(losses.share());
            sense.onLoss(losses.lost(), losses.packets(), nowNanos);
        }
    }

    /** Takes what the page says of the voices it hears. */
    void onPageReport(PageReport report, long nowNanos) {
        List<Integer> audio = new ArrayList<>(forwarders.size());
        forwarders().forEach(forwarder -> audio.add(forwarder.voice().stream().ssrc()));
        sense.onPageReport(report.packets(), losses.lostOf(report, audio), nowNanos);
    }

    private boolean isOurs(int ssrc) {
        for (Forwarder forwarder : forwarders()) {
            if (forwarder.voice().stream().ssrc() == ssrc || forwarder.video().ssrc() == ssrc) {
                return true;
            }
        }
        return false;
    }

    /** Answers a NACK with what is kept, or says that a key frame has to answer it. */
    Forwarder.Repair onNack(Nack nack, RoundTrip roundTrip, long nowNanos) {
        Person person = personOfVideo(nack.mediaSsrc());
        if (person == null) {
            drops.count(Drop.NACK_UNKNOWN, nack.sequences().size()); // also audio, which is never sent twice
            return Forwarder.Repair.DONE;
        }
        return forwarderOf(person).onNack(nack.sequences(), roundTrip.nanos(), nowNanos);
    }

    void onTransportFeedback(TransportFeedback feedback, long nowNanos) {
        sent.onFeedback(feedback, nowNanos);
    }

    // ---- figures

    SentPackets sent() {
        return sent;
    }

    RateMeter rate() {
        return rate;
    }

    /** From receiver reports, else from transport-wide feedback. */
    OptionalDouble loss() {
        TransportFigures figures = sent.figures();
        return reportedLoss.isPresent() || figures == null ? reportedLoss : OptionalDouble.of(figures.loss());
    }

    boolean videoWithin(long nanos, long nowNanos) {
        for (Forwarder forwarder : forwarders()) {
            if (forwarder.video().sentWithin(nanos, nowNanos)) {
                return true;
            }
        }
        return false;
    }
}
