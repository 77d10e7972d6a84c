package org.raabta.relay.rtp;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** PLI (RFC 4585, section 6.3.1): a key frame, please. */
public record PictureLossIndication(int senderSsrc, int mediaSsrc) implements RtcpMessage {
    static final int FORMAT = 1;

    static @Nullable PictureLossIndication parse(RtcpSpan span) {
        return span.length() < 8 ? null : new PictureLossIndication(span.intAt(0), span.intAt(4));
    }

    @Override
    public int length() {
        return RtcpSpan.HEADER_BYTES + 8;
    }

    @Override
    public void writeTo(ByteBuf out) {
        RtcpSpan.writeHeader(out, FORMAT, RtcpSpan.PAYLOAD_FEEDBACK, length());
        out.writeInt(senderSsrc);
        out.writeInt(mediaSsrc);
    }
}
