package org.raabta.signaling.media;

import java.io.ByteArrayOutputStream;
import java.util.Set;
import java.util.zip.CRC32;

/** Walks a PNG file (W3C PNG, section 5) chunk by chunk; texts, times, Exif and what nobody knows are taken out. */
final class PngFile {
    private static final String SIGNATURE = "\u0089PNG\r\n\u001a\n";
    private static final Set<String> CRITICAL = Set.of("IHDR", "PLTE", "IDAT", "IEND");
    private static final Set<String> KEPT = Set.of("tRNS", "gAMA", "cHRM", "sRGB", "sBIT", "bKGD", "pHYs");

    private final Bytes in;
    private final ByteArrayOutputStream out;
    private boolean changed;
    private int width;
    private int height;

    private PngFile(byte[] bytes) {
        this.in = new Bytes(bytes);
        this.out = new ByteArrayOutputStream(bytes.length);
    }

    static Inspected inspect(byte[] bytes) throws BadMediaException {
        PngFile file = new PngFile(bytes);
        if (!file.in.is(0, SIGNATURE)) {
            throw BadMediaException.otherType("this is no PNG picture");
        }
        file.out.write(bytes, 0, SIGNATURE.length());
        file.walk();
        return new Inspected(file.changed ? file.out.toByteArray() : bytes, file.changed, file.width, file.height);
    }

    private void walk() throws BadMediaException {
        int at = SIGNATURE.length();
        boolean data = false;
        while (true) {
            long size = in.u32(at);
            in.need(at, size + 12);
            String name = in.ascii(at + 4, 4);
            CRC32 crc = new CRC32();
            crc.update(in.array(), at + 4, (int) size + 4);
            if (crc.getValue() != in.u32(at + 8 + (int) size)) {
                throw BadMediaException.broken("the picture is broken: a checksum is wrong");
            }
            chunk(name, at, (int) size);
            data |= name.equals("IDAT");
            at += (int) size + 12;
            if (name.equals("IEND")) {
                break;
            }
        }
        if (at != in.length()) {
            throw BadMediaException.broken("something follows the end of the picture");
        }
        if (!data || width == 0) {
            throw BadMediaException.broken("the picture is empty");
        }
    }

    private void chunk(String name, int at, int size) throws BadMediaException {
        boolean critical = (name.charAt(0) & 0x20) == 0;
        if (critical && !CRITICAL.contains(name)) {
            throw BadMediaException.broken("the picture is of a kind of PNG that browsers do not make");
        }
        if (name.equals("IHDR") != (at == SIGNATURE.length())) {
            throw BadMediaException.broken("the picture is broken: its header is not first");
        }
        if (name.equals("IHDR")) {
            if (size != 13 || in.u32(at + 8) > Integer.MAX_VALUE || in.u32(at + 12) > Integer.MAX_VALUE) {
                throw BadMediaException.broken("the picture is broken: no header");
            }
            width = (int) in.u32(at + 8);
            height = (int) in.u32(at + 12);
            PictureBounds.check(width, height);
        }
        if (critical || KEPT.contains(name)) {
            out.write(in.array(), at, size + 12);
        } else {
            changed = true;
        }
    }
}
