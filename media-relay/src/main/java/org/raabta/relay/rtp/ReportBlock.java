package org.raabta.relay.rtp;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a receiver says about one stream (RFC 3550, section 6.4.1).
 *
 * @param ssrc            the stream
 * @param fractionLost    share lost since the last report, in 1/256
 * @param cumulativeLost  packets lost since the beginning, negative with duplicates; 24 bits
 * @param highestSequence extended highest sequence number
 * @param jitter          interarrival jitter in ticks of the media clock
 * @param lastReport      middle bits of the last sender report's NTP time, or 0
 * @param sinceLastReport time since it arrived, in 1/65536 s
 */
public record ReportBlock(
        int ssrc,
        int fractionLost,
        int cumulativeLost,
        int highestSequence,
        int jitter,
        int lastReport,
        int sinceLastReport) {
    static final int BYTES = 24;
    private static final int MAX_LOST = 0x7FFFFF;

    /** The span's {@code count} blocks from {@code offset} on, or null if they do not fit. Profile extensions behind them are skipped. */
    static @Nullable List<ReportBlock> parseAll(RtcpSpan span, int offset) {
        if (span.length() < offset + span.count() * BYTES) {
            return null;
        }
        List<ReportBlock> blocks = new ArrayList<>(span.count());
        for (int i = 0; i < span.count(); i++) {
            int at = offset + i * BYTES;
            int lost = span.intAt(at + 4);
            blocks.add(new ReportBlock(
                    span.intAt(at),
                    lost >>> 24,
                    lost << 8 >> 8,
                    span.intAt(at + 8),
                    span.intAt(at + 12),
                    span.intAt(at + 16),
                    span.intAt(at + 20)));
        }
        return blocks;
    }

    void writeTo(ByteBuf out) {
        out.writeInt(ssrc);
        out.writeByte(fractionLost);
        out.writeMedium(Math.max(-MAX_LOST - 1, Math.min(MAX_LOST, cumulativeLost)));
        out.writeInt(highestSequence);
        out.writeInt(jitter);
        out.writeInt(lastReport);
        out.writeInt(sinceLastReport);
    }
}
