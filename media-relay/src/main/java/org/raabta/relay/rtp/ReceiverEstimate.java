package org.raabta.relay.rtp;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * REMB (draft-alvestrand-rmcat-remb-03): what a receiver believes its link carries.
 *
 * @param bitsPerSecond rounded down to 18 significant bits on the wire
 * @param ssrcs         the streams it speaks of
 */
public record ReceiverEstimate(int senderSsrc, long bitsPerSecond, List<Integer> ssrcs) implements RtcpMessage {
    static final int FORMAT = 15;
    private static final int REMB = 0x52454D42;
    private static final int MANTISSA_BITS = 18;

    static @Nullable ReceiverEstimate parse(RtcpSpan span) {
        if (span.length() < 16 || span.intAt(8) != REMB) {
            return null;
        }
        int word = span.intAt(12);
        int count = word >>> 24;
        if (span.length() < 16 + 4 * count) {
            return null;
        }
        int exponent = word >> MANTISSA_BITS & 0x3F;
        long mantissa = word & ((1 << MANTISSA_BITS) - 1);
        long bitsPerSecond = exponent > 63 - 1 - MANTISSA_BITS ? Long.MAX_VALUE : mantissa << exponent;
        List<Integer> ssrcs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ssrcs.add(span.intAt(16 + 4 * i));
        }
        return new ReceiverEstimate(span.intAt(0), bitsPerSecond, ssrcs);
    }

    @Override
    public int length() {
        return RtcpSpan.HEADER_BYTES + 16 + 4 * ssrcs.size();
    }

    @Override
    public void writeTo(ByteBuf out) {
        int exponent = Math.max(0, 64 - Long.numberOfLeadingZeros(bitsPerSecond) - MANTISSA_BITS);
        RtcpSpan.writeHeader(out, FORMAT, RtcpSpan.PAYLOAD_FEEDBACK, length());
        out.writeInt(senderSsrc);
        out.writeInt(0); // media source: not used
        out.writeInt(REMB);
        out.writeInt(ssrcs.size() << 24 | exponent << MANTISSA_BITS | (int) (bitsPerSecond >>> exponent));
        ssrcs.forEach(out::writeInt);
    }
}
