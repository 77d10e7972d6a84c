package org.raabta.relay.rtp;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** RR (RFC 3550, section 6.4.2). */
public record ReceiverReport(int ssrc, List<ReportBlock> blocks) implements RtcpMessage {
    static @Nullable ReceiverReport parse(RtcpSpan span) {
        if (span.length() < 4) {
            return null;
        }
        List<ReportBlock> blocks = ReportBlock.parseAll(span, 4);
        return blocks == null ? null : new ReceiverReport(span.intAt(0), blocks);
    }

    @Override
    public int length() {
        return RtcpSpan.HEADER_BYTES + 4 + blocks.size() * ReportBlock.BYTES;
    }

    @Override
    public void writeTo(ByteBuf out) {
        RtcpSpan.writeHeader(out, blocks.size(), RtcpSpan.RECEIVER_REPORT, length());
        out.writeInt(ssrc);
        blocks.forEach(block -> block.writeTo(out));
    }
}
