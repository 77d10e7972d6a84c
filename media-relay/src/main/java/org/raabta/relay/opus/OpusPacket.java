package org.raabta.relay.opus;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A view of one Opus packet (RFC 6716, section 3) over a borrowed buffer; valid while the buffer is. */
public final class OpusPacket {
    /** 120 ms at 48 kHz, more than which no packet holds (section 3.2.5, R5). */
    public static final int MAX_TICKS = 5760;

    /** 120 ms in frames of 2.5 ms. */
    static final int MAX_FRAMES = 48;

    static final int MAX_FRAME_BYTES = 1275;
    /** A first length byte from here on is followed by a second one (section 3.2.1). */
    static final int TWO_BYTE_LENGTH = 252;

    static final int EQUAL_PAIR = 1;
    static final int UNEQUAL_PAIR = 2;
    static final int ANY_NUMBER = 3;
    static final int VBR = 0x80;
    private static final int PADDED = 0x40;

    private final ByteBuf buf;
    private final int toc;
    private final int[] frameIndex;
    private final int[] frameLength;

    private OpusPacket(ByteBuf buf, int toc, int frames) {
        this.buf = buf;
        this.toc = toc;
        this.frameIndex = new int[frames];
        this.frameLength = new int[frames];
    }

    /** The packet of {@code length} bytes at absolute {@code index}, or null if it breaks a rule of section 3.4. */
    public static @Nullable OpusPacket tryParse(ByteBuf buf, int index, int length) {
        if (length < 1) {
            return null;
        }
        int toc = buf.getUnsignedByte(index);
        int code = toc & 3;
        int at = index + 1;
        int end = index + length;
        if (code == ANY_NUMBER) {
            return anyNumber(buf, toc, at, end);
        }
        OpusPacket packet = new OpusPacket(buf, toc, code == 0 ? 1 : 2);
        if (code == UNEQUAL_PAIR) {
            return packet.variable(at, end) ? packet : null;
        }
        return packet.constant(at, end) ? packet : null;
    }

    private static @Nullable OpusPacket anyNumber(ByteBuf buf, int toc, int start, int end) {
        if (start == end) {
            return null;
        }
        int at = start;
        int head = buf.getUnsignedByte(at++);
        int frames = head & 0x3F;
        if (frames == 0 || frames * frameTicks(toc) > MAX_TICKS) {
            return null;
        }
        int dataEnd = end;
        if ((head & PADDED) != 0) {
            int more;
            do {
                if (at == end) {
                    return null;
                }
                more = buf.getUnsignedByte(at++);
                dataEnd -= more == 255 ? 254 : more; // 255: 254 bytes, and another length follows (section 3.2.5)
            } while (more == 255);
        }
        if (dataEnd < at) {
            return null;
        }
        OpusPacket packet = new OpusPacket(buf, toc, frames);
        boolean sound = (head & VBR) != 0 ? packet.variable(at, dataEnd) : packet.constant(at, dataEnd);
        return sound ? packet : null;
    }

    /** All frames are of one length. */
    private boolean constant(int start, int end) {
        int frames = frameIndex.length;
        int each = (end - start) / frames;
        if (each * frames != end - start || each > MAX_FRAME_BYTES) {
            return false;
        }
        for (int i = 0; i < frames; i++) {
            frameIndex[i] = start + i * each;
            frameLength[i] = each;
        }
        return true;
    }

    /** Every length but the last one is written, and all of them stand before the frames. */
    private boolean variable(int start, int end) {
        int at = start;
        int frames = frameIndex.length;
        int sum = 0;
        for (int i = 0; i < frames - 1; i++) {
            if (at == end) {
                return false;
            }
            int length = buf.getUnsignedByte(at++);
            if (length >= TWO_BYTE_LENGTH) {
                if (at == end) {
                    return false;
                }
                length += 4 * buf.getUnsignedByte(at++);
            }
            frameLength[i] = length;
            sum += length;
        }
        int last = end - at - sum;
        if (last < 0 || last > MAX_FRAME_BYTES) {
            return false;
        }
        frameLength[frames - 1] = last;
        for (int i = 0; i < frames; i++) {
            frameIndex[i] = at;
            at += frameLength[i];
        }
        return true;
    }

    /** Length of a frame in ticks of 48 kHz (section 3.1, table 2). */
    private static int frameTicks(int toc) {
        int configuration = toc >> 3;
        if (configuration < 12) {
            int[] silk = {480, 960, 1920, 2880};
            return silk[configuration & 3];
        }
        if (configuration < 16) {
            return (configuration & 1) == 0 ? 480 : 960;
        }
        return 120 << (configuration & 3);
    }

    /** Mode, bandwidth, frame length and channels, as they stand in the first byte: frames that differ in it cannot share a packet. */
    int configuration() {
        return toc & 0xFC;
    }

    public int frames() {
        return frameIndex.length;
    }

    int frameTicks() {
        return frameTicks(toc);
    }

    /** How long the packet plays, in ticks of 48 kHz; 120 to {@link #MAX_TICKS}. */
    public int ticks() {
        return frames() * frameTicks();
    }

    int frameLength(int frame) {
        return frameLength[frame];
    }

    /** Copies a frame without any header. */
    void copyFrame(int frame, byte[] to, int offset) {
        buf.getBytes(frameIndex[frame], to, offset, frameLength[frame]);
    }

    /** Appends {@code frame}, from 0, as a packet of its own. */
    public void writeFrame(int frame, ByteBuf out) {
        out.writeByte(configuration());
        out.writeBytes(buf, frameIndex[frame], frameLength[frame]);
    }
}
