package org.raabta.relay.rtp;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** A view of one RTP packet (RFC 3550, section 5.1) over a borrowed buffer; valid while the buffer is. */
public final class RtpPacket {
    /** Length of the header without CSRCs and extensions. */
    public static final int FIXED_HEADER_BYTES = 12;

    private static final int ONE_BYTE_PROFILE = 0xBEDE;
    private static final int TWO_BYTE_PROFILE = 0x1000;

    private final ByteBuf buf;
    private final int start;
    private final int extensionsStart;
    private final int payloadStart;
    private final int payloadEnd;

    private RtpPacket(ByteBuf buf, int extensionsStart, int payloadStart, int payloadEnd) {
        this.buf = buf;
        this.start = buf.readerIndex();
        this.extensionsStart = extensionsStart;
        this.payloadStart = payloadStart;
        this.payloadEnd = payloadEnd;
    }

    /** The packet in {@code buf}, or null if the bytes cannot be RTP. Never changes indices or reference count. */
    public static @Nullable RtpPacket tryParse(ByteBuf buf) {
        int start = buf.readerIndex();
        int end = buf.writerIndex();
        if (end - start < FIXED_HEADER_BYTES || (buf.getByte(start) & 0xC0) != 0x80) {
            return null;
        }
        int first = buf.getByte(start);
        int payloadStart = start + FIXED_HEADER_BYTES + 4 * (first & 0x0F);
        int extensionsStart = payloadStart;
        if ((first & 0x10) != 0) {
            extensionsStart = payloadStart + 4;
            if (extensionsStart > end) {
                return null;
            }
            payloadStart = extensionsStart + 4 * buf.getUnsignedShort(extensionsStart - 2);
        }
        if (payloadStart > end) {
            return null;
        }
        int padding = 0;
        if ((first & 0x20) != 0) {
            // The last byte counts itself, so zero is as wrong as more than there is.
            padding = end > payloadStart ? buf.getUnsignedByte(end - 1) : 0;
            if (padding == 0 || padding > end - payloadStart) {
                return null;
            }
        }
        return new RtpPacket(buf, extensionsStart, payloadStart, end - padding);
    }

    public ByteBuf buffer() {
        return buf;
    }

    public boolean marker() {
        return (buf.getByte(start + 1) & 0x80) != 0;
    }

    public int payloadType() {
        return buf.getByte(start + 1) & 0x7F;
    }

    public int sequenceNumber() {
        return buf.getUnsignedShort(start + 2);
    }

    public int timestamp() {
        return buf.getInt(start + 4);
    }

    public int ssrc() {
        return buf.getInt(start + 8);
    }

    /** Absolute index of the payload in the buffer. */
    public int payloadIndex() {
        return payloadStart;
    }

    /** Length of the payload without padding. */
    public int payloadLength() {
        return payloadEnd - payloadStart;
    }

    /**
     * Absolute index of the data of header extension {@code id} (RFC 8285, either form), or -1 if the packet has none
     * of at least {@code minLength} bytes.
     */
    public int extensionIndex(int id, int minLength) {
        if (extensionsStart >= payloadStart || id <= 0) {
            return -1;
        }
        int profile = buf.getUnsignedShort(extensionsStart - 4);
        if (profile == ONE_BYTE_PROFILE) {
            return oneByteIndex(id, minLength);
        }
        return (profile & 0xFFF0) == TWO_BYTE_PROFILE ? twoByteIndex(id, minLength) : -1;
    }

    private int oneByteIndex(int id, int minLength) {
        int at = extensionsStart;
        while (at < payloadStart) {
            int head = buf.getUnsignedByte(at++);
            if (head == 0) {
                continue; // padding between elements
            }
            int length = (head & 0x0F) + 1;
            if (head >> 4 == 15 || at + length > payloadStart) {
                return -1; // id 15 ends the list (section 4.2)
            }
            if (head >> 4 == id) {
                return length >= minLength ? at : -1;
            }
            at += length;
        }
        return -1;
    }

    private int twoByteIndex(int id, int minLength) {
        int at = extensionsStart;
        while (at < payloadStart) {
            int element = buf.getUnsignedByte(at++);
            if (element == 0) {
                continue;
            }
            if (at >= payloadStart) {
                return -1;
            }
            int length = buf.getUnsignedByte(at++);
            if (at + length > payloadStart) {
                return -1;
            }
            if (element == id) {
                return length >= minLength ? at : -1;
            }
            at += length;
        }
        return -1;
    }
}
