package org.raabta.relay.rtp;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** SDES (RFC 3550, section 6.5), of which only CNAME is of use. */
public record SourceDescription(List<Chunk> chunks) implements RtcpMessage {
    private static final int CNAME = 1;

    /**
     * @param cname the canonical name: streams that share it play in step; at most 255 bytes of UTF-8, empty if missing
     */
    public record Chunk(int ssrc, String cname) {
        int length() {
            // SSRC, type, length, text, and one to four zero bytes up to a multiple of four
            int text = cname.getBytes(StandardCharsets.UTF_8).length;
            return (4 + 2 + text) / 4 * 4 + 4;
        }

        void writeTo(ByteBuf out) {
            byte[] text = cname.getBytes(StandardCharsets.UTF_8);
            out.writeInt(ssrc);
            out.writeByte(CNAME);
            out.writeByte(text.length);
            out.writeBytes(text);
            out.writeZero(length() - 6 - text.length);
        }
    }

    static @Nullable SourceDescription parse(RtcpSpan span) {
        List<Chunk> chunks = new ArrayList<>(span.count());
        int at = span.start();
        for (int i = 0; i < span.count(); i++) {
            if (span.end() - at < 8) {
                return null;
            }
            int chunkStart = at;
            int ssrc = span.buf().getInt(at);
            String cname = "";
            at += 4;
            while (at < span.end() && span.buf().getByte(at) != 0) {
                if (span.end() - at < 2) {
                    return null;
                }
                int type = span.buf().getByte(at);
                int length = span.buf().getUnsignedByte(at + 1);
                at += 2;
                if (length > span.end() - at) {
                    return null;
                }
                if (type == CNAME) {
                    cname = span.buf().toString(at, length, StandardCharsets.UTF_8);
                }
                at += length;
            }
            if (at >= span.end()) {
                return null; // the list of items ends with a zero byte
            }
            at = chunkStart + ((at - chunkStart) / 4 + 1) * 4;
            chunks.add(new Chunk(ssrc, cname));
        }
        return at > span.end() ? null : new SourceDescription(chunks);
    }

    @Override
    public int length() {
        return RtcpSpan.HEADER_BYTES + chunks.stream().mapToInt(Chunk::length).sum();
    }

    @Override
    public void writeTo(ByteBuf out) {
        RtcpSpan.writeHeader(out, chunks.size(), RtcpSpan.SOURCE_DESCRIPTION, length());
        chunks.forEach(chunk -> chunk.writeTo(out));
    }
}
