package org.raabta.relay.rtp;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** BYE (RFC 3550, section 6.6): these streams have ended. The reason text is skipped. */
public record Goodbye(List<Integer> ssrcs) implements RtcpMessage {
    static @Nullable Goodbye parse(RtcpSpan span) {
        if (span.length() < 4 * span.count()) {
            return null;
        }
        List<Integer> ssrcs = new ArrayList<>(span.count());
        for (int i = 0; i < span.count(); i++) {
            ssrcs.add(span.intAt(4 * i));
        }
        return new Goodbye(ssrcs);
    }

    @Override
    public int length() {
        return RtcpSpan.HEADER_BYTES + 4 * ssrcs.size();
    }

    @Override
    public void writeTo(ByteBuf out) {
        RtcpSpan.writeHeader(out, ssrcs.size(), RtcpSpan.GOODBYE, length());
        ssrcs.forEach(out::writeInt);
    }
}
