package org.raabta.signaling.media;

import java.awt.image.ColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/** Decodes a picture whose size is known to be in bounds, to see that it is one. The pixels are thrown away. */
final class PictureDecoder {
    /** Larger ones are read at a fraction of their size. */
    private static final long ENOUGH_PIXELS = 1_000_000;

    private PictureDecoder() {}

    static void check(MediaType type, byte[] bytes) throws BadMediaException {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(type.label());
        if (!readers.hasNext()) {
            throw new IllegalStateException("no reader for " + type.label());
        }
        ImageReader reader = readers.next();
        try (MemoryCacheImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            // Of metadata nothing is needed, and it is where decoders break most.
            reader.setInput(in, true, true);
            read(reader);
        } catch (IOException | RuntimeException e) {
            // Decoders meet broken files with all kinds of exceptions.
            throw BadMediaException.broken("the picture cannot be decoded");
        } finally {
            reader.dispose();
        }
    }

    private static void read(ImageReader reader) throws IOException {
        ImageReadParam param = reader.getDefaultReadParam();
        long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
        int step = (int) Math.ceil(Math.sqrt((double) pixels / ENOUGH_PIXELS));
        if (step > 1) {
            param.setSourceSubsampling(step, step, 0, 0);
        }
        if (reader.canReadRaster()) {
            // Without colour management: a broken profile is no broken picture.
            reader.readRaster(0, param);
        } else {
            ColorModel unused = reader.read(0, param).getColorModel();
        }
    }
}
