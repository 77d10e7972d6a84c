package org.raabta.relay.rtp;

import io.netty.buffer.ByteBuf;

/**
 * The body of one RTCP packet inside a borrowed buffer: behind the common header, without padding.
 *
 * @param count the header's five-bit count or format
 * @param start absolute index of the first byte
 * @param end   absolute index behind the last byte
 */
record RtcpSpan(ByteBuf buf, int count, int start, int end) {
    static final int HEADER_BYTES = 4;

    static final int SENDER_REPORT = 200;
    static final int RECEIVER_REPORT = 201;
    static final int SOURCE_DESCRIPTION = 202;
    static final int GOODBYE = 203;
    static final int TRANSPORT_FEEDBACK = 205;
    static final int PAYLOAD_FEEDBACK = 206;

    int length() {
        return end - start;
    }

    int intAt(int offset) {
        return buf.getInt(start + offset);
    }

    /** Appends a common header (RFC 3550, section 6.4.1) for a packet of {@code totalBytes}. */
    static void writeHeader(ByteBuf out, int count, int type, int totalBytes) {
        out.writeByte(0x80 | count);
        out.writeByte(type);
        out.writeShort(totalBytes / 4 - 1);
    }
}
