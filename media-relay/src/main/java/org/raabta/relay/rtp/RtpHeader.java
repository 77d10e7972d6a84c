package org.raabta.relay.rtp;

import io.netty.buffer.ByteBuf;
import org.raabta.relay.control.MediaDescription;

/**
 * The header of a packet we send. It carries what the receiver negotiated and needs and nothing else: no CSRCs, no
 * padding, of the extensions only the transport-wide sequence number. Mid is never sent, as the receiver was told our
 * SSRCs (RFC 8843, section 9.2).
 *
 * @param transportCcId     the receiver's id of the transport-wide sequence number, or {@link MediaDescription#NONE}
 * @param transportSequence its value
 */
public record RtpHeader(
        int payloadType,
        boolean marker,
        int sequenceNumber,
        int timestamp,
        int ssrc,
        int transportCcId,
        int transportSequence) {
    /** What a transport-wide sequence number adds: the block's header and one word (RFC 8285, section 4.2). */
    private static final int STAMP_BYTES = 8;

    /** A header without extensions. */
    public static RtpHeader plain(int payloadType, boolean marker, int sequenceNumber, int timestamp, int ssrc) {
        return new RtpHeader(payloadType, marker, sequenceNumber, timestamp, ssrc, MediaDescription.NONE, 0);
    }

    /** The same header with this transport-wide sequence number. */
    public RtpHeader stamped(int id, int value) {
        return new RtpHeader(payloadType, marker, sequenceNumber, timestamp, ssrc, id, value);
    }

    /** The longest header this class writes. */
    public static final int MAX_BYTES = RtpPacket.FIXED_HEADER_BYTES + STAMP_BYTES;

    public int length() {
        return RtpPacket.FIXED_HEADER_BYTES + (stamped() ? STAMP_BYTES : 0);
    }

    /** Appends the header. */
    public void writeTo(ByteBuf out) {
        out.writeByte(stamped() ? 0x90 : 0x80);
        out.writeByte((marker ? 0x80 : 0) | (payloadType & 0x7F));
        out.writeShort(sequenceNumber);
        out.writeInt(timestamp);
        out.writeInt(ssrc);
        if (stamped()) {
            out.writeShort(0xBEDE);
            out.writeShort(1);
            out.writeByte((transportCcId << 4) | 1);
            out.writeShort(transportSequence);
            out.writeByte(0);
        }
    }

    /** Whether the header carries the transport-wide sequence number. */
    public boolean stamped() {
        return transportCcId > 0 && transportCcId < 15;
    }
}
