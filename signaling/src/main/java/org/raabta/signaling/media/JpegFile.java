package org.raabta.signaling.media;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/**
 * Walks a JPEG file (ITU-T T.81, annex B) segment by segment. Application segments other than JFIF, ICC and Adobe, and all
 * comments, are taken out; of Exif the orientation alone stays, for without it a photo may lie on its side.
 */
final class JpegFile {
    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int DQT = 0xdb;
    private static final int DHT = 0xc4;
    private static final int DRI = 0xdd;
    private static final int COM = 0xfe;
    private static final int APP0 = 0xe0;
    private static final int APP15 = 0xef;
    /** Progressive files have about ten; each costs a pass over all pixels. */
    private static final int MOST_SCANS = 32;

    private static final String EXIF = "Exif\0\0";

    private final Bytes in;
    private final ByteArrayOutputStream out;
    private boolean changed;
    private int width;
    private int height;
    private int scans;
    private boolean oriented;

    private JpegFile(byte[] bytes) {
        this.in = new Bytes(bytes);
        this.out = new ByteArrayOutputStream(bytes.length);
    }

    static Inspected inspect(byte[] bytes) throws BadMediaException {
        JpegFile file = new JpegFile(bytes);
        if (bytes.length < 4 || file.in.u16(0) != 0xff00 + SOI) {
            throw BadMediaException.otherType("this is no JPEG picture");
        }
        file.out.write(bytes, 0, 2);
        file.walk();
        return new Inspected(file.changed ? file.out.toByteArray() : bytes, file.changed, file.width, file.height);
    }

    private void walk() throws BadMediaException {
        int at = 2;
        while (true) {
            int from = at;
            if (in.u8(at) != 0xff) {
                throw BadMediaException.broken("the picture is broken: no marker where one has to be");
            }
            // Any number of fill bytes may stand before a marker (B.1.1.2).
            while (in.u8(at) == 0xff) {
                at++;
            }
            int marker = in.u8(at);
            at++;
            changed |= at - from > 2;
            if (marker == EOI) {
                end(at);
                return;
            }
            int length = in.u16(at);
            if (length < 2) {
                throw BadMediaException.broken("the picture is broken: a segment without length");
            }
            in.need(at, length);
            if (keeps(marker, at, length)) {
                write(marker, at, length);
            }
            at += length;
            if (marker == SOS) {
                at = scan(at);
            }
        }
    }

    private void end(int at) throws BadMediaException {
        if (scans == 0) {
            throw BadMediaException.broken("the picture is empty");
        }
        if (at != in.length()) {
            throw BadMediaException.broken("something follows the end of the picture");
        }
        out.write(0xff);
        out.write(EOI);
    }

    /** The entropy-coded data: up to the next marker that is no restart. */
    private int scan(int from) throws BadMediaException {
        if (++scans > MOST_SCANS || width == 0) {
            throw BadMediaException.broken("the picture is broken: too many scans, or no frame before one");
        }
        int at = from;
        while (true) {
            if (in.u8(at) == 0xff) {
                int next = in.u8(at + 1);
                boolean data = next == 0 || (next >= 0xd0 && next <= 0xd7);
                if (!data) {
                    break;
                }
                at++;
            }
            at++;
        }
        out.write(in.array(), from, at - from);
        return at;
    }

    /** Whether the segment stays as it is; reads what is needed of it. */
    private boolean keeps(int marker, int at, int length) throws BadMediaException {
        if (marker >= 0xc0 && marker <= 0xc2) {
            frame(at, length);
            return true;
        }
        if (marker == DQT || marker == DHT || marker == DRI || marker == SOS) {
            return true;
        }
        if (marker >= APP0 && marker <= APP15) {
            boolean keep = (marker == APP0 && in.is(at + 2, "JFIF\0"))
                    || (marker == APP0 + 2 && in.is(at + 2, "ICC_PROFILE\0"))
                    || (marker == APP0 + 14 && in.is(at + 2, "Adobe"));
            return keep || application(marker, at, length);
        }
        if (marker == COM) {
            changed = true;
            return false;
        }
        throw BadMediaException.broken("the picture is of a kind of JPEG that browsers do not make");
    }

    private void frame(int at, int length) throws BadMediaException {
        if (width != 0 || length < 8) {
            throw BadMediaException.broken("the picture is broken: not one frame");
        }
        height = in.u16(at + 3);
        width = in.u16(at + 5);
        PictureBounds.check(width, height);
    }

    /** An application segment that goes, unless it is our own rest of Exif. */
    private boolean application(int marker, int at, int length) throws BadMediaException {
        if (marker == APP0 + 1 && in.is(at + 2, EXIF) && !oriented) {
            int orientation = orientation(at + 2 + EXIF.length(), at + length);
            if (orientation > 1) {
                oriented = true;
                byte[] rest = rest(orientation);
                if (Arrays.equals(rest, Arrays.copyOfRange(in.array(), at + 2, at + length))) {
                    return true;
                }
                out.write(0xff);
                out.write(APP0 + 1);
                out.write((rest.length + 2) >> 8);
                out.write(rest.length + 2);
                out.write(rest, 0, rest.length);
            }
        }
        changed = true;
        return false;
    }

    /** Tag 0x0112 of the first directory (Exif 2.32, section 4.6.4); 1 where it cannot be read. */
    private int orientation(int tiff, int end) throws BadMediaException {
        if (end - tiff < 14) {
            return 1;
        }
        boolean little = in.is(tiff, "II*\0");
        if (!little && !in.is(tiff, "MM\0*")) {
            return 1;
        }
        long directory = little ? in.u32le(tiff + 4) : in.u32(tiff + 4);
        if (directory < 8 || directory > end - tiff - 2) {
            return 1;
        }
        int at = tiff + (int) directory;
        int entries = little ? in.u16le(at) : in.u16(at);
        for (int i = 0; i < entries && at + 2 + 12 * (i + 1) <= end; i++) {
            int entry = at + 2 + 12 * i;
            if ((little ? in.u16le(entry) : in.u16(entry)) == 0x0112) {
                int value = little ? in.u16le(entry + 8) : in.u16(entry + 8);
                return value >= 1 && value <= 8 ? value : 1;
            }
        }
        return 1;
    }

    /** Exif with one entry. */
    private static byte[] rest(int orientation) {
        return new byte[] {
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'M',
            'M',
            0,
            '*',
            0,
            0,
            0,
            8,
            0,
            1,
            1,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            (byte) orientation,
            0,
            0,
            0,
            0,
            0,
            0
        };
    }

    private void write(int marker, int at, int length) {
        out.write(0xff);
        out.write(marker);
        out.write(in.array(), at, length);
    }
}
