package org.raabta.relay.rtp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A VP8 key frame as a WebP file: a RIFF header in front, nothing coded anew (WebP container specification, simple file format). */
public final class WebpFile {
    public static final int HEADER_BYTES = 20;

    /** Frame tag, start code, width and height (RFC 6386, section 9.1). */
    private static final int KEY_FRAME_HEADER_BYTES = 10;

    private static final int START_CODE = 0x9d012a;
    private static final int SIZE_BITS = 0x3FFF;

    private WebpFile() {}

    /** In pixels. */
    public record Size(int width, int height) {}

    /** The size of the picture in a whole key frame that is to be shown, or null if the bytes cannot be one. */
    public static @Nullable Size size(byte[] frame) {
        if (frame.length <= KEY_FRAME_HEADER_BYTES) {
            return null;
        }
        int tag = unsigned(frame, 0) | unsigned(frame, 1) << 8 | unsigned(frame, 2) << 16;
        boolean key = (tag & 1) == 0;
        boolean shown = (tag & 0x10) != 0;
        int version = tag >> 1 & 7;
        int firstPart = tag >> 5;
        int start = unsigned(frame, 3) << 16 | unsigned(frame, 4) << 8 | unsigned(frame, 5);
        if (!key || !shown || version > 3 || start != START_CODE || firstPart > frame.length - KEY_FRAME_HEADER_BYTES) {
            return null;
        }
        int width = (unsigned(frame, 6) | unsigned(frame, 7) << 8) & SIZE_BITS;
        int height = (unsigned(frame, 8) | unsigned(frame, 9) << 8) & SIZE_BITS;
        return width == 0 || height == 0 ? null : new Size(width, height);
    }

    private static int unsigned(byte[] bytes, int at) {
        return bytes[at] & 0xFF;
    }

    /** The file; of even length, as RIFF wants it. */
    public static byte[] of(byte[] frame) {
        int padded = frame.length + (frame.length & 1);
        return ByteBuffer.allocate(HEADER_BYTES + padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(HEADER_BYTES - 8 + padded)
                .put("WEBPVP8 ".getBytes(StandardCharsets.US_ASCII))
                .putInt(frame.length)
                .put(frame)
                .array();
    }
}
