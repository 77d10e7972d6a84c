package org.raabta.relay.net;

import io.netty.buffer.ByteBuf;
import org.raabta.relay.ice.Stun;

/** Tells what a datagram is by its first bytes (RFC 7983; RTP from RTCP by RFC 5761, section 4). */
enum Demux {
    STUN,
    DTLS,
    RTP,
    RTCP,
    JUNK;

    /** More than any of our protocols sends on a path with an MTU of 1500. */
    static final int MAX_DATAGRAM_BYTES = 1600;

    private static final int RTP_HEADER_BYTES = 12;
    private static final int RTCP_HEADER_BYTES = 8;
    private static final int DTLS_HEADER_BYTES = 13;

    /** Never changes {@code datagram}. */
    static Demux of(ByteBuf datagram) {
        int length = datagram.readableBytes();
        if (length < RTCP_HEADER_BYTES || length > MAX_DATAGRAM_BYTES) {
            return JUNK;
        }
        int first = datagram.getUnsignedByte(datagram.readerIndex());
        if (Stun.looksLikeStun(first, length)) {
            return STUN;
        }
        if (first >= 20 && first <= 63) {
            return length > DTLS_HEADER_BYTES ? DTLS : JUNK;
        }
        if (first >= 128 && first <= 191) {
            int second = datagram.getUnsignedByte(datagram.readerIndex() + 1);
            if (second >= 192 && second <= 223) {
                return RTCP;
            }
            return length >= RTP_HEADER_BYTES ? RTP : JUNK;
        }
        return JUNK;
    }
}
