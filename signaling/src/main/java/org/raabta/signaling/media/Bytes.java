package org.raabta.signaling.media;

import java.nio.charset.StandardCharsets;

/** Reads numbers and names out of a file; a read over the end is a broken file. */
final class Bytes {
    private final byte[] bytes;

    Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    int length() {
        return bytes.length;
    }

    byte[] array() {
        return bytes;
    }

    int u8(int at) throws BadMediaException {
        need(at, 1);
        return bytes[at] & 0xff;
    }

    int u16(int at) throws BadMediaException {
        need(at, 2);
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    int u16le(int at) throws BadMediaException {
        need(at, 2);
        return ((bytes[at + 1] & 0xff) << 8) | (bytes[at] & 0xff);
    }

    int u24le(int at) throws BadMediaException {
        return u16le(at) | (u8(at + 2) << 16);
    }

    long u32(int at) throws BadMediaException {
        return ((long) u16(at) << 16) | u16(at + 2);
    }

    long u32le(int at) throws BadMediaException {
        return ((long) u16le(at + 2) << 16) | u16le(at);
    }

    boolean is(int at, String ascii) {
        byte[] wanted = ascii.getBytes(StandardCharsets.ISO_8859_1);
        if (at < 0 || at > bytes.length - wanted.length) {
            return false;
        }
        for (int i = 0; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }

    String ascii(int at, int length) throws BadMediaException {
        need(at, length);
        return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
    }

    /** @param length of what begins at {@code at} */
    void need(int at, long length) throws BadMediaException {
        if (at < 0 || length < 0 || at + length > bytes.length) {
            throw BadMediaException.broken("the file ends too early");
        }
    }
}
