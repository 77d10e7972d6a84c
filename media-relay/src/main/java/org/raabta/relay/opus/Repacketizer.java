package org.raabta.relay.opus;

import io.netty.buffer.ByteBuf;

/**
 * Joins packets of one configuration into a longer one without decoding them (RFC 6716, section 3.2). Keeps copies of
 * the frames in memory of its own.
 */
public final class Repacketizer {
    private final byte[] bytes;
    private final int[] lengths = new int[OpusPacket.MAX_FRAMES];
    private int used;
    private int frames;
    private int configuration;
    private int frameTicks;
    private boolean equal;

    /** @param maxBytes the longest packet to be made */
    public Repacketizer(int maxBytes) {
        this.bytes = new byte[maxBytes];
    }

    /** Adds the frames of {@code packet}. False, and nothing is changed, if the joined packet would be no packet or too long. */
    public boolean add(OpusPacket packet) {
        if (frames > 0
                && (packet.configuration() != configuration || ticks() + packet.ticks() > OpusPacket.MAX_TICKS)) {
            return false;
        }
        int before = frames;
        int usedBefore = used;
        boolean equalBefore = frames == 0 || equal;
        configuration = packet.configuration();
        frameTicks = packet.frameTicks();
        equal = equalBefore;
        for (int i = 0; i < packet.frames(); i++) {
            int length = packet.frameLength(i);
            if (used + length > bytes.length) {
                frames = before;
                used = usedBefore;
                equal = equalBefore;
                return false;
            }
            packet.copyFrame(i, bytes, used);
            used += length;
            lengths[frames++] = length;
            equal &= length == lengths[0];
        }
        if (length() > bytes.length) {
            frames = before;
            used = usedBefore;
            equal = equalBefore;
            return false;
        }
        return true;
    }

    public boolean isEmpty() {
        return frames == 0;
    }

    /** How long the joined packet plays, in ticks of 48 kHz. */
    public int ticks() {
        return frames * frameTicks;
    }

    /** Bytes that {@link #writeTo} will append. */
    public int length() {
        int head = frames <= 2 ? 1 : 2;
        if (!equal) {
            for (int i = 0; i < frames - 1; i++) {
                head += lengths[i] < OpusPacket.TWO_BYTE_LENGTH ? 1 : 2;
            }
        }
        return head + used;
    }

    /** Appends the joined packet in its shortest form; not if this is empty. */
    public void writeTo(ByteBuf out) {
        if (frames == 1) {
            out.writeByte(configuration);
        } else if (frames == 2) {
            out.writeByte(configuration | (equal ? OpusPacket.EQUAL_PAIR : OpusPacket.UNEQUAL_PAIR));
        } else {
            out.writeByte(configuration | OpusPacket.ANY_NUMBER);
            out.writeByte((equal ? 0 : OpusPacket.VBR) | frames);
        }
        if (!equal) {
            for (int i = 0; i < frames - 1; i++) {
                writeLength(lengths[i], out);
            }
        }
        out.writeBytes(bytes, 0, used);
    }

    /** Section 3.2.1: the first byte of two keeps the lowest two bits. */
    private static void writeLength(int length, ByteBuf out) {
        if (length < OpusPacket.TWO_BYTE_LENGTH) {
            out.writeByte(length);
        } else {
            int first = OpusPacket.TWO_BYTE_LENGTH | (length & 3);
            out.writeByte(first);
            out.writeByte((length - first) >> 2);
        }
    }

    public void clear() {
        frames = 0;
        used = 0;
    }
}
