package org.raabta.signaling.media;

/** One logical stream of Opus (RFC 7845) in Ogg (RFC 3533), page by page to the very end. */
final class OggFile {
    private static final int HEADER_BYTES = 27;
    private static final int[] CRC = table();

    private OggFile() {}

    static Inspected inspect(byte[] bytes) throws BadMediaException {
        Bytes in = new Bytes(bytes);
        if (!in.is(0, "OggS")) {
            throw BadMediaException.otherType("this is no Ogg recording");
        }
        long serial = in.u32le(14);
        int pages = 0;
        int at = 0;
        while (at < bytes.length) {
            in.need(at, HEADER_BYTES);
            if (!in.is(at, "OggS") || in.u8(at + 4) != 0) {
                throw BadMediaException.broken("the recording is broken, or something follows its end");
            }
            if (in.u32le(at + 14) != serial) {
                throw BadMediaException.broken("the recording has more than one stream");
            }
            int segments = in.u8(at + 26);
            int body = at + HEADER_BYTES + segments;
            int size = 0;
            for (int i = 0; i < segments; i++) {
                size += in.u8(at + HEADER_BYTES + i);
            }
            in.need(body, size);
            if (crc(bytes, at, body + size - at) != (int) in.u32le(at + 22)) {
                throw BadMediaException.broken("the recording is broken: a checksum is wrong");
            }
            head(in, pages, body);
            pages++;
            at = body + size;
        }
        if (pages < 3) {
            throw BadMediaException.broken("the recording is empty");
        }
        return new Inspected(bytes, false, 0, 0);
    }

    private static void head(Bytes in, int page, int body) throws BadMediaException {
        if (page == 0 && (!in.is(body, "OpusHead") || in.u8(body + 9) < 1 || in.u8(body + 9) > 2)) {
            throw BadMediaException.broken("the recording is not Opus");
        }
        if (page == 1 && !in.is(body, "OpusTags")) {
            throw BadMediaException.broken("the recording is not Opus");
        }
    }

    /** RFC 3533, section 6, field 7: over the page with this field as zero. */
    private static int crc(byte[] bytes, int from, int length) {
        int crc = 0;
        for (int i = 0; i < length; i++) {
            int value = i >= 22 && i < 26 ? 0 : bytes[from + i] & 0xff;
            crc = (crc << 8) ^ CRC[(crc >>> 24) ^ value];
        }
        return crc;
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < 256; i++) {
            int value = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                value = (value << 1) ^ (value < 0 ? 0x04c11db7 : 0);
            }
            table[i] = value;
        }
        return table;
    }
}
