package org.raabta.signaling.media;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Small files of each kind, whole and hostile. */
public final class Samples {
    private Samples() {}

    public static byte[] jpeg(int width, int height) {
        return written("jpg", width, height);
    }

    static byte[] png(int width, int height) {
        return written("png", width, height);
    }

    private static byte[] written(String format, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.ORANGE);
        graphics.fillOval(0, 0, width, height);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** One pixel, lossy. */
    static byte[] webp() {
        return Base64.getDecoder().decode("UklGRiIAAABXRUJQVlA4IBYAAAAwAQCdASoBAAEADsD+JaQAA3AAAAAA");
    }

    /** The same in an extended file with Exif. */
    static byte[] webpWithExif(String exif) {
        byte[] simple = webp();
        byte[] canvas = {0x08, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        return riff(
                "WEBP",
                chunk("VP8X", canvas),
                slice(simple, 12, simple.length),
                chunk("EXIF", exif.getBytes(StandardCharsets.ISO_8859_1)));
    }

    static byte[] chunk(String name, byte[] body) {
        ByteBuffer out =
                ByteBuffer.allocate(8 + body.length + (body.length & 1)).order(ByteOrder.LITTLE_ENDIAN);
        return out.put(name.getBytes(StandardCharsets.US_ASCII))
                .putInt(body.length)
                .put(body)
                .array();
    }

    static byte[] riff(String form, byte[]... chunks) {
        byte[] all = joined(chunks);
        ByteBuffer out = ByteBuffer.allocate(12 + all.length).order(ByteOrder.LITTLE_ENDIAN);
        return out.put("RIFF".getBytes(StandardCharsets.US_ASCII))
                .putInt(4 + all.length)
                .put(form.getBytes(StandardCharsets.US_ASCII))
                .put(all)
                .array();
    }

    /** An application or comment segment behind the start of a JPEG. */
    static byte[] withSegment(byte[] jpeg, int marker, byte[] body) {
        ByteBuffer segment = ByteBuffer.allocate(4 + body.length);
        segment.put((byte) 0xff)
                .put((byte) marker)
                .putShort((short) (body.length + 2))
                .put(body);
        return joined(slice(jpeg, 0, 2), segment.array(), slice(jpeg, 2, jpeg.length));
    }

    /** Exif that says how the phone was held, and where. */
    public static byte[] exif(int orientation) {
        byte[] entries = {
            'E',
            'x',
            'i',
            'f',
            0,
            0,
            'I',
            'I',
            '*',
            0,
            8,
            0,
            0,
            0,
            2,
            0,
            0x12,
            1,
            3,
            0,
            1,
            0,
            0,
            0,
            (byte) orientation,
            0,
            0,
            0,
            0x25,
            (byte) 0x88,
            4,
            0,
            1,
            0,
            0,
            0,
            26,
            0,
            0,
            0,
            0,
            0,
            0,
            0
        };
        return joined(entries, "GPS 33.6844N 73.0479E PhoneMaker X1".getBytes(StandardCharsets.US_ASCII));
    }

    public static byte[] jpegWithExif(int width, int height, int orientation) {
        return withSegment(jpeg(width, height), 0xe1, exif(orientation));
    }

    static byte[] pngChunk(String name, byte[] body) {
        byte[] named = joined(name.getBytes(StandardCharsets.US_ASCII), body);
        CRC32 crc = new CRC32();
        crc.update(named);
        ByteBuffer out = ByteBuffer.allocate(8 + named.length);
        return out.putInt(body.length).put(named).putInt((int) crc.getValue()).array();
    }

    /** What a recorder of a browser writes: segment and cluster without a length, one track of Opus. */
    static byte[] webm(String codec) {
        byte[] header = element(0x1a45dfa3, element(0x4282, "webm".getBytes(StandardCharsets.US_ASCII)));
        byte[] track = element(
                0xae, joined(element(0x83, new byte[] {2}), element(0x86, codec.getBytes(StandardCharsets.US_ASCII))));
        byte[] tracks = element(0x1654ae6b, track);
        byte[] cluster = joined(
                new byte[] {0x1f, 0x43, (byte) 0xb6, 0x75, 1, -1, -1, -1, -1, -1, -1, -1},
                element(0xe7, new byte[] {0}),
                element(0xa3, new byte[] {(byte) 0x81, 0, 0, 0, 1, 2, 3}));
        return joined(
                header,
                new byte[] {0x18, 0x53, (byte) 0x80, 0x67, 1, -1, -1, -1, -1, -1, -1, -1},
                tracks,
                cluster,
                cluster);
    }

    static byte[] element(int id, byte[] body) {
        ByteBuffer out = ByteBuffer.allocate(16 + body.length);
        for (int shift = 24; shift >= 0; shift -= 8) {
            if (id >>> shift != 0) {
                out.put((byte) (id >>> shift));
            }
        }
        out.put((byte) (0x40 | (body.length >> 8))).put((byte) body.length).put(body);
        return slice(out.array(), 0, out.position());
    }

    static byte[] ogg(String head) {
        byte[] first =
                joined(head.getBytes(StandardCharsets.US_ASCII), new byte[] {1, 1, 0, 0, -128, -69, 0, 0, 0, 0, 0});
        byte[] tags = joined("OpusTags".getBytes(StandardCharsets.US_ASCII), new byte[8]);
        return joined(oggPage(0, 2, first), oggPage(1, 0, tags), oggPage(2, 4, new byte[] {8, 1, 2, 3}));
    }

    static byte[] oggPage(int number, int flags, byte[] body) {
        ByteBuffer page = ByteBuffer.allocate(28 + body.length).order(ByteOrder.LITTLE_ENDIAN);
        page.put("OggS".getBytes(StandardCharsets.US_ASCII)).put((byte) 0).put((byte) flags);
        page.putLong(960L * number)
                .putInt(7)
                .putInt(number)
                .putInt(0)
                .put((byte) 1)
                .put((byte) body.length)
                .put(body);
        int crc = 0;
        for (byte one : page.array()) {
            crc ^= (one & 0xff) << 24;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
            }
        }
        return page.putInt(22, crc).array();
    }

    static byte[] box(String name, byte[]... bodies) {
        byte[] body = joined(bodies);
        ByteBuffer out = ByteBuffer.allocate(8 + body.length);
        return out.putInt(8 + body.length)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put(body)
                .array();
    }

    static byte[] mp4(String handler, byte[] more) {
        byte[] hdlr = box("hdlr", new byte[8], handler.getBytes(StandardCharsets.US_ASCII), new byte[13]);
        byte[] stsd = box("stsd", new byte[] {0, 0, 0, 0, 0, 0, 0, 1}, box("mp4a", new byte[28]));
        byte[] trak = box("trak", box("mdia", hdlr, box("minf", box("stbl", stsd))));
        return joined(
                box("ftyp", "M4A \0\0\0\0M4A ".getBytes(StandardCharsets.ISO_8859_1)),
                box("moov", trak, more),
                box("mdat", new byte[] {1, 2, 3, 4}));
    }

    public static byte[] wav() {
        byte[] format = {6, 0, 1, 0, 0x40, 0x1f, 0, 0, 0x40, 0x1f, 0, 0, 1, 0, 8, 0};
        return riff("WAVE", chunk("fmt ", format), chunk("data", new byte[200]));
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static byte[] slice(byte[] bytes, int from, int to) {
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }
}
