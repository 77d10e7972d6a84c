package org.raabta.relay.call;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.AudioPlan;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.rtp.RedPayload;
import org.raabta.relay.rtp.RtpHeader;
import org.raabta.relay.rtp.SequenceNumbers;

/**
 * One person's voice towards one receiver: as it comes while there is no plan, else shaped to the plan's packet length
 * and with or without a redundant copy (RFC 2198); coded anew only where nothing else reaches the plan's rate.
 *
 * <pre>
 * MediaPacket -> (AudioShaper, in need its Recoder) -> SequenceRewriter -> RED added, kept or stripped -> Downlink
 * </pre>
 */
final class VoiceLane {
    /** Longer payloads would not fit into every path's packets. */
    private static final int MAX_RED_PAYLOAD_BYTES = 1150;

    /** A timestamp further back is a clock that was set. */
    private static final int LATE_TICKS = 48_000;

    private final Downlink downlink;
    private final DownlinkStream stream;
    private final RateMeter rate;
    private final Drops drops;
    private @Nullable AudioPlan plan;
    private @Nullable AudioShaper shaper;
    private final TranscodingNeed need = new TranscodingNeed();
    /** One refusal is counted once, however often it is asked again. */
    private boolean refused;

    /** The payload sent last, for the next packet's copy. */
    private final byte[] lastPayload = new byte[RedPayload.MAX_COPY_BYTES];

    private int lastLength;
    private int lastTimestamp;
    private @Nullable UplinkStream lastSource;

    VoiceLane(Downlink downlink, DownlinkStream stream, RateMeter rate, Drops drops) {
        this.downlink = downlink;
        this.stream = stream;
        this.rate = rate;
        this.drops = drops;
    }

    DownlinkStream stream() {
        return stream;
    }

    /** From the first plan on speech is shaped; before, it passes as it comes. */
    void setPlan(AudioPlan plan, long nowNanos) {
        this.plan = plan;
        AudioShaper shaping = shaper == null ? new AudioShaper(output(), drops, stream.rewriter()) : shaper;
        shaper = shaping;
        shaping.setPacketMs(plan.packetMs(), nowNanos);
        shaping.setRecodingPlan(plan);
    }

    /** Codes speech anew from now on, or not, as the sender's {@code codec} rate asks for; see {@link TranscodingNeed}. */
    void recode(boolean beyondCommand, CodecRate codec, TranscoderPool pool, long nowNanos) {
        AudioPlan wanted = plan;
        AudioShaper shaping = shaper;
        if (wanted == null || shaping == null || !pool.available()) {
            return;
        }
        boolean needed = need.update(wanted, beyondCommand, codec, nowNanos);
        if (!needed) {
            refused = false;
            shaping.stopRecoding(nowNanos);
        } else if (!shaping.recodes() && listening()) {
            AudioTranscoder transcoder = pool.open(wanted);
            if (transcoder != null) {
                shaping.startRecoding(pool, transcoder, wanted, nowNanos);
            } else if (!refused) {
                drops.count(Drop.TRANSCODERS_FULL);
            }
            refused = transcoder == null;
        }
    }

    /** The rest is done when the receiver can hear. */
    private boolean listening() {
        return downlink.connected() && downlink.media() != null;
    }

    /** Nobody speaks, or nobody listens, any more: gives back what is held outside the heap. */
    void close() {
        if (shaper != null) {
            shaper.discard();
        }
    }

    private AudioShaper.Output output() {
        return new AudioShaper.Output() {
            @Override
            public void send(VoicePacket packet, long nowNanos) {
                VoiceLane.this.send(packet, nowNanos);
            }

            @Override
            public void skip(UplinkStream source, long sequence) {
                stream.rewriter().skip(source, sequence);
            }

            @Override
            public void restart() {
                stream.rewriter().restart();
            }
        };
    }

    /** The receiver does not get the voice for now; the numbers close over what is left out. */
    void interrupt() {
        stream.rewriter().interrupt();
        lastLength = 0;
        if (shaper != null) {
            shaper.discard();
        }
    }

    /** Takes a packet for a receiver that is connected and has {@code media}. */
    void forward(MediaPacket packet, MediaDescription media, long nowNanos) {
        RedPayload red = packet.red();
        boolean keepRed = red != null && media.audio().red() != MediaDescription.NONE && (plan == null || plan.red());
        if (shaper != null) {
            shaper.accept(packet, keepRed, nowNanos);
            return;
        }
        int index = red == null || keepRed ? packet.payloadIndex() : red.primaryIndex();
        int length = red == null || keepRed ? packet.payloadLength() : red.primaryLength();
        if (packet.empty() || length == 0) {
            stream.rewriter().skip(packet.stream(), packet.sequence());
            return;
        }
        send(
                new VoicePacket(
                        packet.stream(),
                        packet.sequence(),
                        packet.timestamp(),
                        packet.marker(),
                        packet.buffer(),
                        index,
                        length,
                        keepRed ? red : null),
                nowNanos);
    }

    private void send(VoicePacket packet, long nowNanos) {
        MediaDescription media = downlink.media();
        if (media == null) {
            return; // not while there is a shaper or a packet: media is never taken back
        }
        Segment segment = stream.rewriter().place(packet.stream(), packet.sequence(), packet.timestamp(), nowNanos);
        if (segment == null) {
            drops.count(Drop.TOO_LATE);
            return;
        }
        int copyOffset = packet.red() == null ? copyOffset(packet, media) : 0;
        boolean asRed = packet.red() != null || copyOffset > 0;
        RtpHeader header = downlink.stamp(
                RtpHeader.plain(
                        asRed ? media.audio().red() : media.audio().opus(),
                        packet.marker(),
                        SequenceNumbers.wire(packet.sequence() + segment.sequenceDelta),
                        stream.rewriter().timestamp(packet.timestamp()),
                        stream.ssrc()),
                false,
                nowNanos);
        int length = packet.payloadLength() + (copyOffset > 0 ? RedPayload.HEAD_BYTES + lastLength : 0);
        ByteBuf out = downlink.open(header, length);
        int start = out.writerIndex();
        if (copyOffset > 0) {
            RedPayload.writeHead(out, media.audio().opus(), copyOffset, lastLength);
            out.writeBytes(lastPayload, 0, lastLength);
        }
        out.writeBytes(packet.buffer(), packet.payloadIndex(), packet.payloadLength());
        if (packet.red() != null) {
            packet.red().retype(out, start, media.audio().opus());
        }
        remember(packet);
        stream.onSent(length, nowNanos);
        downlink.transmit(header, out, rate, nowNanos);
    }

    /** How much older than {@code packet} the copy it is to carry is, in ticks; 0 if it is to carry none. */
    private int copyOffset(VoicePacket packet, MediaDescription media) {
        int offset = packet.timestamp() - lastTimestamp;
        boolean possible = lastLength > 0
                && lastSource == packet.stream()
                && offset > 0
                && offset <= RedPayload.MAX_COPY_OFFSET
                && RedPayload.HEAD_BYTES + lastLength + packet.payloadLength() <= MAX_RED_PAYLOAD_BYTES;
        boolean planned = plan != null && plan.red() && media.audio().red() != MediaDescription.NONE;
        return planned && possible ? offset : 0;
    }

    /** Keeps what the next packet may repeat; a packet that filled an old gap is not the one before the next. */
    private void remember(VoicePacket packet) {
        int newer = packet.timestamp() - lastTimestamp;
        boolean late = lastSource == packet.stream() && newer < 0 && newer > -LATE_TICKS;
        if (plan == null || !plan.red() || late) {
            return;
        }
        boolean copyable = packet.red() == null && packet.payloadLength() <= RedPayload.MAX_COPY_BYTES;
        lastLength = copyable ? packet.payloadLength() : 0;
        lastSource = packet.stream();
        lastTimestamp = packet.timestamp();
        packet.buffer().getBytes(packet.payloadIndex(), lastPayload, 0, lastLength);
    }

    void run(long nowNanos) {
        if (shaper != null) {
            shaper.run(nowNanos);
        }
    }

    long nextDeadlineNanos() {
        return shaper == null ? Deadlines.NONE : shaper.nextDeadlineNanos();
    }
}
