package org.raabta.relay.call;

import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.Decision;
import org.raabta.adapter.Plan;
import org.raabta.adapter.Reason;
import org.raabta.adapter.Rung;
import org.raabta.relay.control.DownlinkSsrcs;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.rtp.RtpClock;
import org.raabta.relay.rtp.RtpHeader;
import org.raabta.relay.rtp.SequenceNumbers;
import org.raabta.relay.rtp.Vp8Descriptor;

/**
 * One person as one receiver hears it: a slot with its SSRCs, the rung of the direction, and the numbering that outlives
 * the sender's restarts and replacement.
 *
 * <pre>
 * audio -> connected? negotiated? on this rung? -> VoiceLane -> Downlink
 * video -> the same, key frame first? room? -> SequenceRewriter -> PacketHistory -> Downlink's pacer
 *                                                             NACK -^
 * </pre>
 */
final class Forwarder {
    /** What became of a video packet. */
    enum Verdict {
        /** This receiver does not get pictures of this sender now. */
        NOT_WATCHING,
        WATCHING,
        /** Nothing can be shown before the next key frame. */
        NEEDS_KEY_FRAME
    }

    /** What a receiver's NACK comes to. */
    enum Repair {
        /** What could be sent again was. */
        DONE,
        /** The round trip is too long for that: the picture has to begin anew. */
        NEEDS_KEY_FRAME
    }

    /** One NACK asks for no more than this; the rest of a longer one is ignored. */
    private static final int MAX_RESENDS_PER_NACK = 256;

    private static final int AUDIO_LEAST_STEP = 960; // one packet of 20 ms
    private static final int VIDEO_LEAST_STEP = 90; // 1 ms: another frame is another timestamp

    private final int slot;
    private final Downlink downlink;
    private final Drops drops;
    private final VoiceLane voice;
    private final DownlinkStream video;
    private final Vp8Continuity vp8Continuity;
    private final RateMeter rate = new RateMeter();
    private @Nullable PacketHistory history;
    private final StillPace stills = new StillPace();
    private int rtxSequence;
    private int lastFrameTimestamp;
    private boolean picturesPaused;
    private @Nullable Plan plan;
    private Decision decision = new Decision(Rung.THIN_VOICE, Reason.STARTING);

    Forwarder(int slot, Downlink downlink, Drops drops, SplittableRandom random) {
        this.slot = slot;
        this.downlink = downlink;
        this.drops = drops;
        DownlinkStream audio = stream(DownlinkSsrcs.audio(slot), RtpClock.AUDIO, AUDIO_LEAST_STEP, random);
        this.voice = new VoiceLane(downlink, audio, rate, drops);
        this.video = stream(DownlinkSsrcs.video(slot), RtpClock.VIDEO, VIDEO_LEAST_STEP, random);
        this.vp8Continuity = new Vp8Continuity(random.nextInt(1 << 15));
        this.rtxSequence = random.nextInt(1 << 15);
    }

    private static DownlinkStream stream(int ssrc, RtpClock clock, int leastStep, SplittableRandom random) {
        return new DownlinkStream(
                ssrc, clock, new SequenceRewriter(clock, leastStep, random.nextInt(1 << 15), random.nextInt()));
    }

    /** Audio and video of one person share it, so that receivers play them in step. */
    String cname() {
        return "r" + slot;
    }

    List<DownlinkStream> streams() {
        return List.of(voice.stream(), video);
    }

    DownlinkStream video() {
        return video;
    }

    RateMeter rate() {
        return rate;
    }

    Decision decision() {
        return decision;
    }

    void setDecision(Decision decision) {
        this.decision = decision;
        if (!carriesVideo()) {
            pausePictures();
        }
    }

    /** From now on speech is shaped and pictures are paced as {@code plan} says; takes the place of {@link #setDecision}. */
    void setPlan(Plan plan, long nowNanos) {
        this.plan = plan;
        setDecision(plan.decision());
        voice.setPlan(plan.audio(), nowNanos);
        downlink.shareVideo();
    }

    /** What pictures of this person may cost; 0 if there are none, or no plan. */
    double videoKbps() {
        return plan != null && carriesVideo() ? plan.video().maxKbps() : 0;
    }

    private boolean carriesVideo() {
        return decision.rung().carriesVideo() && (plan == null || plan.video().active());
    }

    /** What single pictures out of this person's video may cost; 0 is none. */
    void setStillKbps(double kbps) {
        stills.setKbps(downlink.connected() ? kbps : 0);
    }

    StillPace stills() {
        return stills;
    }

    /** Whether the person's video is of use here, whole or for single pictures. */
    boolean wantsVideo() {
        return watching() || stills.active();
    }

    VoiceLane voice() {
        return voice;
    }

    /** Whether this receiver is to see the person's video now. */
    boolean watching() {
        MediaDescription media = downlink.media();
        return downlink.connected() && media != null && media.video().isPresent() && carriesVideo();
    }

    /** The receiver's transport is new, or was away: video starts again at a key frame. */
    void interrupt() {
        voice.interrupt();
        video.rewriter().interrupt();
        pausePictures();
    }

    private void pausePictures() {
        picturesPaused = true;
        downlink.forgetWaiting(this);
    }

    void forwardAudio(MediaPacket packet, long nowNanos) {
        MediaDescription media = downlink.media();
        Drop refusal = refusal(media != null, decision.rung().carriesVoice());
        if (media == null || refusal != null) {
            drops.count(refusal == null ? Drop.RECEIVER_WITHOUT_MEDIA : refusal);
            voice.interrupt();
            return;
        }
        voice.forward(packet, media, nowNanos);
    }

    Verdict forwardVideo(MediaPacket packet, long nowNanos) {
        MediaDescription media = downlink.media();
        MediaDescription.Video negotiated = media == null ? null : media.video().orElse(null);
        Drop refusal = refusal(negotiated != null, carriesVideo());
        if (negotiated == null || refusal != null) {
            drops.count(refusal == null ? Drop.RECEIVER_WITHOUT_MEDIA : refusal);
            video.rewriter().interrupt();
            return Verdict.NOT_WATCHING;
        }
        Vp8Descriptor vp8 = packet.vp8();
        boolean opens = !video.rewriter().follows(packet.stream());
        if (opens && !packet.startsKeyFrame()) {
            drops.count(Drop.AWAITING_KEY_FRAME);
            return Verdict.NEEDS_KEY_FRAME;
        }
        if (vp8 == null || packet.empty()) {
            video.rewriter().skip(packet.stream(), packet.sequence());
            return Verdict.WATCHING;
        }
        boolean newFrame = packet.timestamp() != lastFrameTimestamp;
        if (!downlink.admitsVideo(newFrame, packet.payloadLength(), nowNanos)) {
            drops.count(Drop.PACER_FULL);
            video.rewriter().interrupt(); // whatever builds on this frame cannot be shown either
            return Verdict.NEEDS_KEY_FRAME;
        }
        lastFrameTimestamp = packet.timestamp();
        Segment segment = video.rewriter().place(packet.stream(), packet.sequence(), packet.timestamp(), nowNanos);
        if (segment == null) {
            drops.count(Drop.TOO_LATE);
            return Verdict.WATCHING;
        }
        if (opens && video.rewriter().follows(packet.stream())) {
            vp8Continuity.begin(segment, vp8);
        }
        sendVideo(packet, vp8, segment, negotiated, nowNanos);
        return Verdict.WATCHING;
    }

    private @Nullable Drop refusal(boolean negotiated, boolean onRung) {
        if (!downlink.connected()) {
            return Drop.RECEIVER_NOT_CONNECTED;
        }
        if (!negotiated) {
            return Drop.RECEIVER_WITHOUT_MEDIA;
        }
        return onRung ? null : Drop.NOT_ON_RUNG;
    }

    private void sendVideo(
            MediaPacket packet, Vp8Descriptor vp8, Segment segment, MediaDescription.Video negotiated, long nowNanos) {
        RtpHeader header = downlink.stamp(
                RtpHeader.plain(
                        negotiated.vp8(),
                        packet.marker(),
                        SequenceNumbers.wire(packet.sequence() + segment.sequenceDelta),
                        video.rewriter().timestamp(packet.timestamp()),
                        video.ssrc()),
                true,
                nowNanos);
        ByteBuf out = downlink.open(header, packet.payloadLength());
        int start = out.writerIndex();
        out.writeBytes(packet.buffer(), packet.payloadIndex(), packet.payloadLength());
        vp8Continuity.rewrite(segment, vp8, video.rewriter().newest(packet.sequence()), out, start);
        PacketHistory kept = history == null ? new PacketHistory() : history;
        history = kept;
        kept.add(
                packet.sequence() + segment.sequenceDelta,
                header.timestamp(),
                header.marker(),
                out,
                start,
                packet.payloadLength());
        video.onSent(packet.payloadLength(), nowNanos);
        if (picturesPaused) {
            picturesPaused = false;
            downlink.resumes(header);
        }
        downlink.transmitPaced(this, header, out, nowNanos);
    }

    /** Sends again what the receiver misses of the video, as RFC 4588 says if it negotiated that. */
    Repair onNack(List<Integer> sequences, long rttNanos, long nowNanos) {
        MediaDescription media = downlink.media();
        PacketHistory kept = history;
        if (kept == null || media == null || media.video().isEmpty() || !downlink.connected()) {
            drops.count(Drop.NACK_UNKNOWN, sequences.size());
            return Repair.DONE;
        }
        if (!watching()) {
            drops.count(
                    Drop.NACK_REFUSED, sequences.size()); // pictures ended meanwhile: nothing of them goes out any more
            return Repair.DONE;
        }
        if (rttNanos > RoundTrip.REPAIR_LIMIT_NANOS) {
            drops.count(Drop.NACK_TOO_SLOW, sequences.size());
            return Repair.NEEDS_KEY_FRAME;
        }
        int count = Math.min(sequences.size(), MAX_RESENDS_PER_NACK);
        for (int sequence : sequences.subList(0, count)) {
            PacketHistory.Kept packet = kept.find(sequence, video.rewriter().highestOut());
            if (packet == null) {
                drops.count(Drop.NACK_UNKNOWN);
            } else if (!kept.mayResend(packet, nowNanos, rttNanos)) {
                drops.count(Drop.NACK_REFUSED);
            } else {
                resend(kept, packet, media, media.video().get().vp8(), nowNanos);
            }
        }
        drops.count(Drop.NACK_REFUSED, sequences.size() - count);
        return Repair.DONE;
    }

    private void resend(PacketHistory kept, PacketHistory.Kept packet, MediaDescription media, int vp8, long nowNanos) {
        int rtx = media.rtxPayloadType().orElse(MediaDescription.NONE);
        boolean plain = rtx == MediaDescription.NONE;
        int sequence = SequenceNumbers.wire(packet.sequence());
        RtpHeader header = downlink.stamp(
                RtpHeader.plain(
                        plain ? vp8 : rtx,
                        packet.marker(),
                        plain ? sequence : rtxSequence++ & 0xFFFF,
                        packet.timestamp(),
                        plain ? video.ssrc() : DownlinkSsrcs.videoRtx(slot)),
                true,
                nowNanos);
        ByteBuf out = downlink.open(header, packet.length() + (plain ? 0 : 2));
        if (!plain) {
            out.writeShort(sequence);
        }
        kept.copyTo(packet, out);
        downlink.transmitPaced(this, header, out, nowNanos);
    }
}
