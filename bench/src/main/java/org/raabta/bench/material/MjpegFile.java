package org.raabta.bench.material;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A moving picture as JPEG files one after the other: what Chromium takes for a camera
 * ({@code --use-file-for-fake-video-capture=FILE.mjpeg}). It plays them at 30 per second and begins again at the end.
 */
public final class MjpegFile {
    private static final float QUALITY = 0.85f;

    private MjpegFile() {}

    /** {@code frames} pictures, numbered from 0; at most as many as {@link FrameNumber} can tell apart. */
    public static void write(Path file, FacePicture picture, int frames) throws IOException {
        if (frames < 1 || frames > FrameNumber.COUNT) {
            throw new IllegalArgumentException("frames must be 1 to " + FrameNumber.COUNT);
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            ImageWriteParam params = writer.getDefaultWriteParam();
            params.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            params.setCompressionQuality(QUALITY);
            for (int number = 0; number < frames; number++) {
                try (MemoryCacheImageOutputStream image = new MemoryCacheImageOutputStream(out)) {
                    writer.setOutput(image);
                    writer.write(null, new IIOImage(picture.frame(number), null, null), params);
                }
            }
        } finally {
            writer.dispose();
        }
    }
}
