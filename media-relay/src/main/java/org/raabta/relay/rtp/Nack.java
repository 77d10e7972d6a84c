package org.raabta.relay.rtp;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Generic NACK (RFC 4585, section 6.2.1).
 *
 * @param sequences the missing packets, 16 bits each; rising when we send it, so that they share PID/BLP words
 */
public record Nack(int senderSsrc, int mediaSsrc, List<Integer> sequences) implements RtcpMessage {
    static final int FORMAT = 1;

    static @Nullable Nack parse(RtcpSpan span) {
        if (span.length() < 12 || span.length() % 4 != 0) {
            return null;
        }
        List<Integer> sequences = new ArrayList<>();
        for (int at = 8; at < span.length(); at += 4) {
            int word = span.intAt(at);
            int pid = word >>> 16;
            sequences.add(pid);
            for (int bit = 0; bit < 16; bit++) {
                if ((word >> bit & 1) != 0) {
                    sequences.add(pid + bit + 1 & 0xFFFF);
                }
            }
        }
        return new Nack(span.intAt(0), span.intAt(4), sequences);
    }

    @Override
    public int length() {
        return RtcpSpan.HEADER_BYTES + 8 + 4 * words().size();
    }

    @Override
    public void writeTo(ByteBuf out) {
        RtcpSpan.writeHeader(out, FORMAT, RtcpSpan.TRANSPORT_FEEDBACK, length());
        out.writeInt(senderSsrc);
        out.writeInt(mediaSsrc);
        words().forEach(out::writeInt);
    }

    private List<Integer> words() {
        List<Integer> words = new ArrayList<>();
        int i = 0;
        while (i < sequences.size()) {
            int pid = sequences.get(i++) & 0xFFFF;
            int mask = 0;
            while (i < sequences.size()) {
                int distance = SequenceNumbers.difference(sequences.get(i), pid);
                if (distance < 1 || distance > 16) {
                    break;
                }
                mask |= 1 << (distance - 1);
                i++;
            }
            words.add(pid << 16 | mask);
        }
        return words;
    }
}
