package org.raabta.relay.rtp;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A datagram of RTCP: compound (RFC 3550, section 6.1) or reduced-size (RFC 5506).
 *
 * @param messages  what we understand of it, in order
 * @param malformed packets whose framing is right and whose body is not; unknown types are not counted
 */
public record RtcpCompound(List<RtcpMessage> messages, int malformed) {
    /** A datagram of honest RTCP has a handful. */
    private static final int MAX_PACKETS = 64;

    /** The datagram in {@code buf}, or null if its framing is broken. Never changes indices or reference count. */
    public static @Nullable RtcpCompound tryParse(ByteBuf buf) {
        int at = buf.readerIndex();
        int end = buf.writerIndex();
        if (at == end) {
            return null;
        }
        List<RtcpMessage> messages = new ArrayList<>(4);
        int malformed = 0;
        for (int packets = 0; at < end; packets++) {
            if (end - at < RtcpSpan.HEADER_BYTES || (buf.getByte(at) & 0xC0) != 0x80 || packets == MAX_PACKETS) {
                return null;
            }
            int next = at + 4 * (buf.getUnsignedShort(at + 2) + 1);
            if (next > end) {
                return null;
            }
            int bodyEnd = next;
            if ((buf.getByte(at) & 0x20) != 0) {
                // Only the last packet may be padded (section 6.4.1), but browsers pad every transport-wide feedback.
                int padding = buf.getUnsignedByte(next - 1);
                if (padding == 0 || padding > next - at - RtcpSpan.HEADER_BYTES) {
                    return null;
                }
                bodyEnd -= padding;
            }
            int type = buf.getUnsignedByte(at + 1);
            RtcpSpan span = new RtcpSpan(buf, buf.getByte(at) & 0x1F, at + RtcpSpan.HEADER_BYTES, bodyEnd);
            if (known(type, span.count())) {
                RtcpMessage message = parse(type, span);
                if (message == null) {
                    malformed++;
                } else {
                    messages.add(message);
                }
            }
            at = next;
        }
        return new RtcpCompound(messages, malformed);
    }

    private static boolean known(int type, int format) {
        return switch (type) {
            case RtcpSpan.SENDER_REPORT, RtcpSpan.RECEIVER_REPORT, RtcpSpan.SOURCE_DESCRIPTION, RtcpSpan.GOODBYE ->
                true;
            case RtcpSpan.TRANSPORT_FEEDBACK -> format == Nack.FORMAT || format == TransportFeedback.FORMAT;
            case RtcpSpan.PAYLOAD_FEEDBACK ->
                format == PictureLossIndication.FORMAT
                        || format == FullIntraRequest.FORMAT
                        || format == ReceiverEstimate.FORMAT;
            default -> false;
        };
    }

    private static @Nullable RtcpMessage parse(int type, RtcpSpan span) {
        return switch (type) {
            case RtcpSpan.SENDER_REPORT -> SenderReport.parse(span);
            case RtcpSpan.RECEIVER_REPORT -> ReceiverReport.parse(span);
            case RtcpSpan.SOURCE_DESCRIPTION -> SourceDescription.parse(span);
            case RtcpSpan.GOODBYE -> Goodbye.parse(span);
            case RtcpSpan.TRANSPORT_FEEDBACK ->
                span.count() == Nack.FORMAT ? Nack.parse(span) : TransportFeedback.parse(span);
            case RtcpSpan.PAYLOAD_FEEDBACK ->
                switch (span.count()) {
                    case PictureLossIndication.FORMAT -> PictureLossIndication.parse(span);
                    case FullIntraRequest.FORMAT -> FullIntraRequest.parse(span);
                    default -> ReceiverEstimate.parse(span);
                };
            default -> null;
        };
    }
}
