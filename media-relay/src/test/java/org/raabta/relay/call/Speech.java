package org.raabta.relay.call;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.Decision;
import org.raabta.adapter.Plan;
import org.raabta.adapter.Reason;
import org.raabta.adapter.Rung;
import org.raabta.adapter.VideoPlan;
import org.raabta.relay.opus.OpusPacket;
import org.raabta.relay.rtp.RedPayload;

/** Real Opus packets around frames that name themselves, and plans. */
final class Speech {
    /** SILK wideband, 20 ms, mono (RFC 6716, table 2). */
    static final int SILK_20 = 9 << 3;

    private Speech() {}

    /** One packet with the 20 ms frames {@code first} to {@code last}. */
    static byte[] opus(int first, int last) {
        ByteBuf out = Unpooled.buffer();
        int frames = last - first + 1;
        if (frames == 1) {
            out.writeByte(SILK_20);
        } else {
            out.writeByte(SILK_20 | 3).writeByte(frames);
        }
        for (int n = first; n <= last; n++) {
            out.writeMedium(n);
        }
        return bytes(out);
    }

    /** Primary block {@code n} with the copies given by number, oldest first; blocks are 20 ms each. */
    static byte[] red(int opusType, int n, int... copies) {
        ByteBuf out = Unpooled.buffer();
        for (int copy : copies) {
            out.writeByte(0x80 | opusType);
            int offset = (n - copy) * 960;
            out.writeMedium((offset << 10) + opus(copy, copy).length);
        }
        out.writeByte(opusType);
        for (int copy : copies) {
            out.writeBytes(opus(copy, copy));
        }
        out.writeBytes(opus(n, n));
        return bytes(out);
    }

    /** The numbers of the frames in an Opus payload. */
    static List<Integer> frames(byte[] payload) {
        OpusPacket packet = Objects.requireNonNull(
                OpusPacket.tryParse(Unpooled.wrappedBuffer(payload), 0, payload.length), "not Opus");
        List<Integer> frames = new ArrayList<>();
        for (int i = 0; i < packet.frames(); i++) {
            ByteBuf one = Unpooled.buffer();
            packet.writeFrame(i, one);
            frames.add(one.getUnsignedMedium(1));
        }
        return frames;
    }

    /** The same of the primary block of what a receiver got, plain or redundant. */
    static List<Integer> primary(CallDriver.Sent sent, int redType, int opusType) {
        byte[] payload = sent.payload();
        if (sent.rtp().payloadType() != redType) {
            return frames(payload);
        }
        RedPayload red = red(payload, opusType);
        byte[] primary = new byte[red.primaryLength()];
        Unpooled.wrappedBuffer(payload).getBytes(red.primaryIndex(), primary);
        return frames(primary);
    }

    static RedPayload red(byte[] payload, int opusType) {
        @Nullable RedPayload red = RedPayload.tryParse(Unpooled.wrappedBuffer(payload), 0, payload.length, opusType);
        return Objects.requireNonNull(red, "not RED");
    }

    static Plan plan(int packetMs, boolean red) {
        return plan(Rung.VOICE, new AudioPlan(12_000, packetMs, red, false), VideoPlan.OFF);
    }

    static Plan film(double kbps) {
        return plan(Rung.LOW_VIDEO, new AudioPlan(20_000, 20, false, false), new VideoPlan(kbps, 15, 240));
    }

    static Plan plan(Rung rung, AudioPlan audio, VideoPlan video) {
        return new Plan(new Decision(rung, Reason.DOWNLINK_THIN), audio, video, 0);
    }

    private static byte[] bytes(ByteBuf buf) {
        byte[] bytes = new byte[buf.readableBytes()];
        buf.readBytes(bytes);
        return bytes;
    }
}
