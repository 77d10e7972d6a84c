package org.raabta.relay.rtp;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** FIR (RFC 5104, section 4.3.1): the older way to ask for a key frame. */
public record FullIntraRequest(int senderSsrc, List<Entry> entries) implements RtcpMessage {
    static final int FORMAT = 4;

    /** @param sequence counts requests, so that repetitions are told apart */
    public record Entry(int ssrc, int sequence) {}

    static @Nullable FullIntraRequest parse(RtcpSpan span) {
        if (span.length() < 16 || span.length() % 8 != 0) {
            return null;
        }
        List<Entry> entries = new ArrayList<>();
        for (int at = 8; at < span.length(); at += 8) {
            entries.add(new Entry(span.intAt(at), span.intAt(at + 4) >>> 24));
        }
        return new FullIntraRequest(span.intAt(0), entries);
    }

    @Override
    public int length() {
        return RtcpSpan.HEADER_BYTES + 8 + 8 * entries.size();
    }

    @Override
    public void writeTo(ByteBuf out) {
        RtcpSpan.writeHeader(out, FORMAT, RtcpSpan.PAYLOAD_FEEDBACK, length());
        out.writeInt(senderSsrc);
        out.writeInt(0); // media source: not used
        for (Entry entry : entries) {
            out.writeInt(entry.ssrc());
            out.writeInt(entry.sequence() << 24);
        }
    }
}
