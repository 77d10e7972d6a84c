package org.raabta.relay.call;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.control.DownlinkSsrcs;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.rtp.Nack;
import org.raabta.relay.rtp.NtpTime;
import org.raabta.relay.rtp.PictureLossIndication;
import org.raabta.relay.rtp.RedPayload;
import org.raabta.relay.rtp.RtcpMessage;
import org.raabta.relay.rtp.RtpPacket;
import org.raabta.relay.rtp.SenderReport;
import org.raabta.relay.rtp.Vp8Descriptor;

/**
 * What comes from one leg: sorts packets into streams, unwraps retransmissions, and knows what to tell the sender.
 *
 * <pre>
 * RTP -> rate, arrival log -> stream (payload type, SSRC) -> duplicate? -> statistics, missing packets -> MediaPacket
 * RTX -> original sequence number of the current video stream --^
 * </pre>
 */
final class Uplink {
    static final int MAX_STREAMS = 8;

    /** A stream that is silent this long may be replaced, by an older one or by one more than fits. */
    private static final long IDLE_NANOS = 1_000_000_000L;

    private final Drops drops;
    private final WallClock wallClock;
    private final Map<Integer, UplinkStream> streams = new LinkedHashMap<>();
    private final RateMeter rate = new RateMeter();
    private final RateMeter videoRate = new RateMeter();
    private final ArrivalLog arrivals;
    private final ShownArrivals shownArrivals = new ShownArrivals();
    private BooleanSupplier calm = () -> false;
    private final KeyFrameRequests keyFrames = new KeyFrameRequests();
    private final SenderClock clock = new SenderClock();
    private @Nullable UplinkStream audio;
    private @Nullable UplinkStream video;
    private boolean watched;

    Uplink(Drops drops, WallClock wallClock, long nowNanos) {
        this.drops = drops;
        this.wallClock = wallClock;
        this.arrivals = new ArrivalLog(nowNanos);
    }

    /** Checks one packet. Null if there is nothing to offer to receivers; the reason is counted. */
    @Nullable
    MediaPacket receive(RtpPacket rtp, MediaDescription media, long nowNanos) {
        noteArrival(rtp, media, nowNanos);
        StreamKind kind = StreamKind.of(media, rtp.payloadType());
        if (kind == null) {
            drops.count(Drop.UNKNOWN_PAYLOAD_TYPE);
            return null;
        }
        UplinkStream stream = streamOf(rtp, kind, nowNanos);
        if (stream == null) {
            drops.count(Drop.TOO_MANY_STREAMS);
            return null;
        }
        long sequence = stream.unwrap(rtp.sequenceNumber());
        boolean fresh = !stream.seen().started();
        if (kind == StreamKind.RTX) {
            stream.arrived(nowNanos);
            return firstTime(stream, sequence, nowNanos) ? unwrapRtx(rtp, media, nowNanos) : null;
        }
        if (!adopt(stream, fresh, nowNanos) || !firstTime(stream, sequence, nowNanos)) {
            return null;
        }
        stream.statistics().onPacket(sequence, rtp.timestamp(), nowNanos);
        stream.arrived(nowNanos);
        if (kind == StreamKind.VIDEO) {
            videoRate.add(LinkBytes.ofRtp(rtp.buffer().readableBytes()), nowNanos);
        }
        boolean red = rtp.payloadType() == media.audio().red();
        if (kind == StreamKind.AUDIO && !stream.keeps(sequence, rtp.timestamp(), nowNanos)) {
            drops.count(Drop.STALE_AUDIO);
            // Without a payload the receivers' numbering closes over the packet: for them time jumps as after silence.
            return new MediaPacket(
                    stream, sequence, rtp.timestamp(), rtp.marker(), rtp.buffer(), rtp.payloadIndex(), 0, null, null);
        }
        return packet(stream, sequence, rtp, rtp.payloadIndex(), rtp.payloadLength(), media, red);
    }

    private void noteArrival(RtpPacket rtp, MediaDescription media, long nowNanos) {
        int stamp = rtp.extensionIndex(media.extensions().transportCc(), 2);
        if (stamp < 0) {
            return;
        }
        int left = rtp.extensionIndex(media.extensions().sendTime(), 3);
        long cameNanos = left < 0
                ? shownArrivals.shown(calm.getAsBoolean(), nowNanos)
                : shownArrivals.shown(rtp.buffer().getUnsignedMedium(left), calm.getAsBoolean(), nowNanos);
        arrivals.record(rtp.buffer().getUnsignedShort(stamp), cameNanos);
    }

    private @Nullable UplinkStream streamOf(RtpPacket rtp, StreamKind kind, long nowNanos) {
        UplinkStream known = streams.get(rtp.ssrc());
        if (known != null && known.kind() == kind && known.continues(rtp.sequenceNumber())) {
            return known;
        }
        if (known == null && streams.size() >= MAX_STREAMS && !evictIdle(nowNanos)) {
            return null;
        }
        UplinkStream stream = new UplinkStream(rtp.ssrc(), kind, clock, nowNanos);
        streams.put(rtp.ssrc(), stream);
        return stream;
    }

    private boolean evictIdle(long nowNanos) {
        return streams.values()
                .removeIf(stream ->
                        stream != audio && stream != video && nowNanos - stream.lastArrivalNanos() > IDLE_NANOS);
    }

    /** Makes the stream its kind's current one if it is new or the current one fell silent. False if it is out of date. */
    private boolean adopt(UplinkStream stream, boolean fresh, long nowNanos) {
        UplinkStream current = stream.kind() == StreamKind.AUDIO ? audio : video;
        if (current != stream) {
            if (current != null && !fresh && nowNanos - current.lastArrivalNanos() <= IDLE_NANOS) {
                drops.count(Drop.SUPERSEDED_STREAM);
                return false;
            }
            if (stream.kind() == StreamKind.AUDIO) {
                audio = stream;
            } else {
                video = stream;
            }
        }
        return true;
    }

    private boolean firstTime(UplinkStream stream, long sequence, long nowNanos) {
        SeenPackets seen = stream.seen();
        if (seen.tooOld(sequence)) {
            drops.count(Drop.TOO_LATE);
            return false;
        }
        if (stream.kind() == StreamKind.VIDEO && seen.started()) {
            noteGaps(stream, sequence, nowNanos);
        }
        if (!seen.add(sequence)) {
            drops.count(Drop.DUPLICATE);
            return false;
        }
        return true;
    }

    private void noteGaps(UplinkStream stream, long sequence, long nowNanos) {
        long next = stream.seen().highest() + 1;
        if (sequence < next) {
            stream.missing().arrived(sequence);
        } else if (watched && !stream.missing().skipped(next, sequence, nowNanos)) {
            keyFrames.want();
        }
    }

    /** The original of a retransmission (RFC 4588, section 4): its sequence number leads the payload. */
    private @Nullable MediaPacket unwrapRtx(RtpPacket rtp, MediaDescription media, long nowNanos) {
        UplinkStream original = video;
        if (rtp.payloadLength() == 0) {
            drops.count(Drop.PADDING_ONLY);
            return null;
        }
        if (rtp.payloadLength() < 2 || original == null || !original.seen().started()) {
            drops.count(Drop.MALFORMED_RTX);
            return null;
        }
        int originalSequence = rtp.buffer().getUnsignedShort(rtp.payloadIndex());
        if (!original.continues(originalSequence)) {
            drops.count(Drop.TOO_LATE);
            return null;
        }
        long sequence = original.unwrap(originalSequence);
        if (!firstTime(original, sequence, nowNanos)) {
            return null;
        }
        return packet(original, sequence, rtp, rtp.payloadIndex() + 2, rtp.payloadLength() - 2, media, false);
    }

    private MediaPacket packet(
            UplinkStream stream,
            long sequence,
            RtpPacket rtp,
            int index,
            int length,
            MediaDescription media,
            boolean isRed) {
        ByteBuf buffer = rtp.buffer();
        RedPayload red = null;
        Vp8Descriptor vp8 = null;
        int usable = length;
        if (length == 0) {
            drops.count(Drop.PADDING_ONLY);
        } else if (isRed) {
            red = RedPayload.tryParse(buffer, index, length, media.audio().opus());
            if (red == null) {
                drops.count(Drop.MALFORMED_RED);
                usable = 0;
            }
        } else if (stream.kind() == StreamKind.VIDEO) {
            vp8 = Vp8Descriptor.tryParse(buffer, index, length);
            if (vp8 == null) {
                drops.count(Drop.MALFORMED_VP8);
                usable = 0;
            } else if (vp8.keyFrame()) {
                keyFrames.arrived();
                stream.missing().forgetBefore(sequence);
            }
        }
        return new MediaPacket(stream, sequence, rtp.timestamp(), rtp.marker(), buffer, index, usable, red, vp8);
    }

    // ---- what the sender's reports say

    void onSenderReport(SenderReport report, long nowNanos) {
        UplinkStream stream = streams.get(report.ssrc());
        if (stream != null && stream.kind() != StreamKind.RTX && report.ntp() != 0) { // zero: it has no wall clock
            stream.onSenderReport(report, nowNanos);
            clock.onReport(NtpTime.toNanos(report.ntp()), wallClock.wallNanos(nowNanos));
        }
    }

    /** A stream that said goodbye makes room at once. */
    void onGoodbye(int ssrc) {
        UplinkStream stream = streams.remove(ssrc);
        if (stream != null) {
            audio = audio == stream ? null : audio;
            video = video == stream ? null : video;
        }
    }

    // ---- what we tell the sender

    /** Whether any receiver gets, or would get, this leg's video: what nobody watches is not repaired. */
    void setWatched(boolean watched) {
        this.watched = watched;
        if (!watched && video != null) {
            video.missing().clear();
        }
    }

    boolean watched() {
        return watched;
    }

    /** The far end has a new transport or numbering. */
    void onNewMedia() {
        arrivals.reset();
        shownArrivals.reset();
    }

    /** @param calm whether the leg's uplink is found clean */
    void setCalm(BooleanSupplier calm) {
        this.calm = calm;
    }

    /** What the sender's pictures may cost in all: key frames are asked for so rarely that they fit in. */
    void setVideoKbps(double kbps) {
        keyFrames.setKbps(kbps);
    }

    void wantKeyFrame() {
        if (video != null) {
            keyFrames.want();
        }
    }

    /** Appends NACK and PLI that are due. */
    void collectRepairs(long nowNanos, long rttNanos, List<RtcpMessage> messages) {
        UplinkStream stream = video;
        if (stream == null || !watched) {
            return;
        }
        MissingPackets.Requests requests = stream.missing().takeDue(nowNanos, rttNanos);
        if (!requests.sequences().isEmpty() && rttNanos > RoundTrip.REPAIR_LIMIT_NANOS) {
            stream.missing().clear();
            keyFrames.want();
        } else if (!requests.sequences().isEmpty()) {
            messages.add(new Nack(DownlinkSsrcs.audio(0), stream.ssrc(), requests.sequences()));
        }
        if (requests.gaveUp()) {
            keyFrames.want();
        }
        if (keyFrames.takeDue(nowNanos, rttNanos)) {
            messages.add(new PictureLossIndication(DownlinkSsrcs.audio(0), stream.ssrc()));
        }
    }

    long nextRepairNanos(long nowNanos, long rttNanos) {
        if (video == null || !watched) {
            return Deadlines.NONE;
        }
        return Deadlines.earlier(video.missing().nextDeadlineNanos(), keyFrames.nextDeadlineNanos(nowNanos, rttNanos));
    }

    boolean feedbackPending() {
        return arrivals.pending();
    }

    /** What has come need not be told: the far end is to do without feedback. */
    void skipFeedback() {
        arrivals.skip();
    }

    void collectFeedback(List<RtcpMessage> messages) {
        UplinkStream about = video != null ? video : audio;
        arrivals.collect(DownlinkSsrcs.audio(0), about == null ? 0 : about.ssrc(), messages);
    }

    boolean videoWithin(long nanos, long nowNanos) {
        return video != null && nowNanos - video.lastArrivalNanos() <= nanos;
    }

    @Nullable
    UplinkStream video() {
        return video;
    }

    /** Streams that a report to the sender speaks of: those with news, retransmissions left out. */
    List<UplinkStream> reportable() {
        List<UplinkStream> reportable = new ArrayList<>(2);
        for (UplinkStream stream : streams.values()) {
            if (stream.kind() != StreamKind.RTX && stream.statistics().news()) {
                reportable.add(stream);
            }
        }
        return reportable;
    }

    /** Link kilobits of video a second, what was sent again left out; NaN if there never was any. */
    double videoKbps(long nowNanos) {
        return videoRate.kbps(nowNanos).orElse(Double.NaN);
    }

    RateMeter rate() {
        return rate;
    }
}
