package org.raabta.relay.rtp;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SR (RFC 3550, section 6.4.1).
 *
 * @param ntp          wall clock of the sender, see {@link NtpTime}
 * @param rtpTimestamp the same instant on the stream's media clock
 * @param packets      sent since the beginning
 * @param octets       of payload, likewise
 */
public record SenderReport(int ssrc, long ntp, int rtpTimestamp, int packets, int octets, List<ReportBlock> blocks)
        implements RtcpMessage {
    private static final int BODY_BYTES = 24;

    static @Nullable SenderReport parse(RtcpSpan span) {
        if (span.length() < BODY_BYTES) {
            return null;
        }
        List<ReportBlock> blocks = ReportBlock.parseAll(span, BODY_BYTES);
        if (blocks == null) {
            return null;
        }
        long ntp = span.buf().getLong(span.start() + 4);
        return new SenderReport(span.intAt(0), ntp, span.intAt(12), span.intAt(16), span.intAt(20), blocks);
    }

    @Override
    public int length() {
        return RtcpSpan.HEADER_BYTES + BODY_BYTES + blocks.size() * ReportBlock.BYTES;
    }

    @Override
    public void writeTo(ByteBuf out) {
        RtcpSpan.writeHeader(out, blocks.size(), RtcpSpan.SENDER_REPORT, length());
        out.writeInt(ssrc);
        out.writeLong(ntp);
        out.writeInt(rtpTimestamp);
        out.writeInt(packets);
        out.writeInt(octets);
        blocks.forEach(block -> block.writeTo(out));
    }
}
