package org.raabta.signaling.media;

import java.io.ByteArrayOutputStream;

/** Walks a WebP file (RFC 9649, section 2) chunk by chunk: one still picture, without Exif, XMP and chunks nobody knows. */
final class WebpFile {
    private static final int HEADER_BYTES = 12;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int ANIMATION = 0x02;
    /** Flags of VP8X for what is taken out. */
    private static final int EXIF_AND_XMP = 0x0c;
    /** Its decoder knows no smaller scale: all pixels are made at once. */
    private static final long MOST_PIXELS = 6_000_000;

    private final Bytes in;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private boolean changed;
    private int width;
    private int height;
    private int canvasWidth;
    private int canvasHeight;
    private int pictures;

    private WebpFile(byte[] bytes) {
        this.in = new Bytes(bytes);
    }

    static Inspected inspect(byte[] bytes) throws BadMediaException {
        WebpFile file = new WebpFile(bytes);
        if (!file.in.is(0, "RIFF") || !file.in.is(8, "WEBP")) {
            throw BadMediaException.otherType("this is no WebP picture");
        }
        if (file.in.u32le(4) != bytes.length - 8) {
            throw BadMediaException.broken("the picture is cut off, or something follows its end");
        }
        file.walk();
        return new Inspected(file.changed ? file.rewritten() : bytes, file.changed, file.width, file.height);
    }

    private void walk() throws BadMediaException {
        int at = HEADER_BYTES;
        while (at < in.length()) {
            in.need(at, CHUNK_HEADER_BYTES);
            long size = in.u32le(at + 4);
            long padded = size + (size & 1);
            in.need(at + CHUNK_HEADER_BYTES, padded);
            chunk(in.ascii(at, 4), at, (int) size, (int) padded);
            at += CHUNK_HEADER_BYTES + (int) padded;
        }
        if (pictures != 1) {
            throw BadMediaException.broken("the file has not one picture");
        }
        if (canvasWidth != 0 && (canvasWidth != width || canvasHeight != height)) {
            throw BadMediaException.broken("the picture and its frame differ in size");
        }
        PictureBounds.check(width, height);
        if ((long) width * height > MOST_PIXELS) {
            throw BadMediaException.broken("the picture has too many pixels");
        }
    }

    private void chunk(String name, int at, int size, int padded) throws BadMediaException {
        int body = at + CHUNK_HEADER_BYTES;
        switch (name) {
            case "VP8 " -> lossy(body, size);
            case "VP8L" -> lossless(body, size);
            case "VP8X" -> {
                extended(at, body, size);
                return;
            }
            case "ICCP", "ALPH" -> {}
            case "ANIM", "ANMF" -> throw BadMediaException.broken("the picture moves");
            default -> {
                changed = true;
                return;
            }
        }
        out.write(in.array(), at, CHUNK_HEADER_BYTES + padded);
    }

    /** RFC 6386, section 9.1: a key frame, its start code, and two sizes of 14 bits. */
    private void lossy(int body, int size) throws BadMediaException {
        if (size < 10 || (in.u8(body) & 1) != 0 || !in.is(body + 3, "\u009d\u0001*")) {
            throw BadMediaException.broken("the picture is broken: no key frame");
        }
        picture(in.u16le(body + 6) & 0x3fff, in.u16le(body + 8) & 0x3fff);
    }

    private void lossless(int body, int size) throws BadMediaException {
        if (size < 5 || in.u8(body) != 0x2f) {
            throw BadMediaException.broken("the picture is broken: no lossless picture");
        }
        long bits = in.u32le(body + 1);
        picture((int) (bits & 0x3fff) + 1, (int) ((bits >> 14) & 0x3fff) + 1);
    }

    private void picture(int w, int h) {
        pictures++;
        width = w;
        height = h;
    }

    private void extended(int at, int body, int size) throws BadMediaException {
        if (size != 10 || at != HEADER_BYTES) {
            throw BadMediaException.broken("the picture is broken: its frame is not one");
        }
        int flags = in.u8(body);
        if ((flags & ANIMATION) != 0) {
            throw BadMediaException.broken("the picture moves");
        }
        canvasWidth = in.u24le(body + 4) + 1;
        canvasHeight = in.u24le(body + 7) + 1;
        changed |= (flags & EXIF_AND_XMP) != 0;
        out.write(in.array(), at, CHUNK_HEADER_BYTES);
        out.write(flags & ~EXIF_AND_XMP);
        out.write(in.array(), body + 1, size - 1);
    }

    private byte[] rewritten() {
        byte[] chunks = out.toByteArray();
        ByteArrayOutputStream whole = new ByteArrayOutputStream(chunks.length + HEADER_BYTES);
        whole.write(in.array(), 0, 4);
        int size = chunks.length + 4;
        for (int shift = 0; shift < 32; shift += 8) {
            whole.write(size >> shift);
        }
        whole.write(in.array(), 8, 4);
        whole.write(chunks, 0, chunks.length);
        return whole.toByteArray();
    }
}
