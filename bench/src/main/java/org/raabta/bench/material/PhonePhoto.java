package org.raabta.bench.material;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** A photo as a phone's camera takes it: skin colour with marks, sharp and bright, larger than what is sent of it. */
final class PhonePhoto {
    private static final int WIDTH = 1600;
    private static final int HEIGHT = 1200;
    private static final int MARKS = 4000;
    private static final int MARK_WIDTH = 9;
    private static final int MARK_HEIGHT = 7;
    private static final float QUALITY = 0.95f;

    private PhonePhoto() {}

    static void write(Path file, long seed) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            ImageWriteParam wish = writer.getDefaultWriteParam();
            wish.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            wish.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(draw(new Random(seed)), null, null), wish);
        } finally {
            writer.dispose();
        }
    }

    private static BufferedImage draw(Random random) {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setColor(skin(random, 0.85f));
            graphics.fillRect(0, 0, WIDTH, HEIGHT);
            for (int i = 0; i < MARKS; i++) {
                graphics.setColor(skin(random, 0.3f + 0.6f * random.nextFloat()));
                graphics.fillRect(random.nextInt(WIDTH), random.nextInt(HEIGHT), MARK_WIDTH, MARK_HEIGHT);
            }
        } finally {
            graphics.dispose();
        }
        return image;
    }

    private static Color skin(Random random, float light) {
        return Color.getHSBColor(0.02f + 0.08f * random.nextFloat(), 0.45f, light);
    }
}
