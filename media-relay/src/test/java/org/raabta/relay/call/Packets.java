package org.raabta.relay.call;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Packets as browsers make them. */
final class Packets {
    private Packets() {}

    /** What a packet of a test is made of; the defaults are those of the patient's Opus. */
    static final class Builder {
        private int payloadType = 111;
        private boolean marker;
        private int sequence;
        private int timestamp;
        private int ssrc = 0x1111;
        private int stampId = -1;
        private int stamp;
        private boolean strangers;
        private byte[] payload = {1, 2, 3};

        Builder type(int value) {
            payloadType = value;
            return this;
        }

        Builder marker(boolean value) {
            marker = value;
            return this;
        }

        Builder sequence(int value) {
            sequence = value & 0xFFFF;
            return this;
        }

        Builder timestamp(int value) {
            timestamp = value;
            return this;
        }

        Builder ssrc(int value) {
            ssrc = value;
            return this;
        }

        /** Adds a transport-wide sequence number. */
        Builder stamp(int id, int value) {
            stampId = id;
            stamp = value;
            return this;
        }

        /** Adds an audio level and a mid, which nobody downstream negotiated. */
        Builder strangers() {
            strangers = true;
            return this;
        }

        Builder payload(byte... value) {
            payload = value;
            return this;
        }

        byte[] bytes() {
            ByteBuf extensions = Unpooled.buffer();
            if (strangers) {
                extensions.writeByte(0x10).writeByte(0x55); // id 1, one byte
                extensions.writeByte(0x40).writeByte('0'); // id 4, one byte
            }
            if (stampId > 0) {
                extensions.writeByte(stampId << 4 | 1).writeShort(stamp);
            }
            while (extensions.readableBytes() % 4 != 0) {
                extensions.writeByte(0);
            }
            boolean extended = extensions.isReadable();
            ByteBuf packet = Unpooled.buffer();
            packet.writeByte(extended ? 0x90 : 0x80);
            packet.writeByte((marker ? 0x80 : 0) | payloadType);
            packet.writeShort(sequence).writeInt(timestamp).writeInt(ssrc);
            if (extended) {
                packet.writeShort(0xBEDE).writeShort(extensions.readableBytes() / 4);
                packet.writeBytes(extensions);
            }
            packet.writeBytes(payload);
            byte[] bytes = new byte[packet.readableBytes()];
            packet.readBytes(bytes);
            return bytes;
        }
    }

    static Builder packet() {
        return new Builder();
    }

    /** Opus of the patient: 20 ms a packet, timestamps of packet number {@code n} from 0. */
    static Builder speech(int ssrc, int firstSequence, int firstTimestamp, int n) {
        return packet().ssrc(ssrc)
                .sequence(firstSequence + n)
                .timestamp(firstTimestamp + 960 * n)
                .payload((byte) Speech.SILK_20, (byte) n, (byte) (n >> 8));
    }

    /** One VP8 frame in one packet, 15-bit picture id and TL0PICIDX. */
    static byte[] vp8(boolean keyFrame, int pictureId, int tl0, int filler) {
        return new byte[] {
            (byte) 0x90, // X, S, PID 0
            (byte) 0xC0, // I, L
            (byte) (0x80 | pictureId >> 8),
            (byte) pictureId,
            (byte) tl0,
            (byte) (keyFrame ? 0x10 : 0x11), // P is the lowest bit
            (byte) filler,
            (byte) (filler >> 8)
        };
    }

    /** The patient's video: frame number {@code n} from 0, 15 frames a second. */
    static Builder frame(int ssrc, int firstSequence, int firstTimestamp, int n, boolean keyFrame) {
        return packet().type(96)
                .marker(true)
                .ssrc(ssrc)
                .sequence(firstSequence + n)
                .timestamp(firstTimestamp + 6000 * n)
                .payload(vp8(keyFrame, 100 + n & 0x7FFF, 50 + n & 0xFF, n));
    }
}
