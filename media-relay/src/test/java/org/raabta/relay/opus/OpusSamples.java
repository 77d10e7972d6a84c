package org.raabta.relay.opus;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Objects;
import java.util.Random;

/** Opus packets as encoders make them; the frames' contents mean nothing. */
final class OpusSamples {
    private OpusSamples() {}

    /** A packet of one frame. */
    static byte[] single(int configuration, byte[] frame) {
        byte[] packet = new byte[frame.length + 1];
        packet[0] = (byte) (configuration << 3);
        System.arraycopy(frame, 0, packet, 1, frame.length);
        return packet;
    }

    static byte[] frame(Random random, int maxBytes) {
        byte[] frame = new byte[random.nextInt(maxBytes + 1)];
        random.nextBytes(frame);
        return frame;
    }

    static OpusPacket parse(byte... packet) {
        return Objects.requireNonNull(
                OpusPacket.tryParse(Unpooled.wrappedBuffer(packet), 0, packet.length), "not an Opus packet");
    }

    static boolean refused(byte... packet) {
        return OpusPacket.tryParse(Unpooled.wrappedBuffer(packet), 0, packet.length) == null;
    }

    static byte[] written(Repacketizer repacketizer) {
        ByteBuf out = Unpooled.buffer(repacketizer.length(), repacketizer.length());
        repacketizer.writeTo(out);
        return bytes(out);
    }

    static byte[] frameOf(OpusPacket packet, int frame) {
        ByteBuf out = Unpooled.buffer();
        packet.writeFrame(frame, out);
        return bytes(out);
    }

    private static byte[] bytes(ByteBuf buf) {
        byte[] bytes = new byte[buf.readableBytes()];
        buf.readBytes(bytes);
        return bytes;
    }
}
