package org.raabta.bench.material;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.util.Random;

/**
 * A drawn person in front of a wall, as a camera sees one: the head sways, the mouth moves, the eyes blink, a hand comes up
 * now and then, and there is grain. Any frame can be drawn by itself; the same seed and number give the same picture.
 */
public final class FacePicture {
    /** Colours as 0xRRGGBB. */
    public record Look(int skin, int hair, int clothes, int wall) {}

    public static final int RATE_HZ = 30;
    private static final double SHEET_WIDTH = 640;
    private static final double SHEET_HEIGHT = 480;

    private final Look look;
    private final long seed;
    private final int width;
    private final int height;
    private final double[] phases = new double[6];
    /** Does not move, so it is drawn once. */
    private final BufferedImage wall;

    public FacePicture(Look look, long seed, int width, int height) {
        this.look = look;
        this.seed = seed;
        this.width = width;
        this.height = height;
        Random random = new Random(seed);
        for (int i = 0; i < phases.length; i++) {
            phases[i] = random.nextDouble() * 2 * Math.PI;
        }
        this.wall = wall();
    }

    public BufferedImage frame(int number) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
            graphics.drawImage(wall, 0, 0, null);
            graphics.scale(width / SHEET_WIDTH, height / SHEET_HEIGHT);
            double seconds = (double) number / RATE_HZ;
            drawBody(graphics, seconds);
            drawHead(graphics, seconds);
            drawHand(graphics, seconds);
        } finally {
            graphics.dispose();
        }
        addGrain(image, number);
        Graphics2D strip = image.createGraphics();
        FrameNumber.draw(strip, width, height, number % FrameNumber.COUNT);
        strip.dispose();
        return image;
    }

    private double wave(int which, double hz, double seconds) {
        return Math.sin(2 * Math.PI * hz * seconds + phases[which]);
    }

    private BufferedImage wall() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(width / SHEET_WIDTH, height / SHEET_HEIGHT);
        graphics.setPaint(new GradientPaint(0, 0, shade(look.wall(), 1.1), 640, 480, shade(look.wall(), 0.7)));
        graphics.fillRect(0, 0, 640, 480);
        graphics.setColor(shade(look.wall(), 0.55));
        graphics.fillRect(470, 80, 120, 150);
        graphics.setColor(shade(look.wall(), 1.25));
        for (int row = 0; row < 6; row++) {
            graphics.fillRect(482, 96 + 22 * row, 60 + 37 * row % 40, 8);
        }
        Random random = new Random(seed);
        for (int i = 0; i < 160; i++) {
            graphics.setColor(shade(look.wall(), 0.8 + 0.3 * random.nextDouble()));
            graphics.fillOval(random.nextInt(640), random.nextInt(480), 5, 3);
        }
        graphics.dispose();
        return image;
    }

    private void drawBody(Graphics2D graphics, double seconds) {
        double breath = 3 * wave(0, 0.28, seconds);
        graphics.setPaint(
                new GradientPaint(200, 330, shade(look.clothes(), 1.05), 440, 480, shade(look.clothes(), 0.7)));
        graphics.fill(new RoundRectangle2D.Double(150, 350 - breath, 340, 220, 150, 120));
        graphics.setColor(shade(look.clothes(), 0.6));
        for (int i = -2; i <= 2; i++) {
            graphics.fill(new Ellipse2D.Double(318 + 55 * i, 400 + 6 * Math.abs(i) - breath, 4, 90));
        }
        graphics.setColor(shade(look.skin(), 0.8));
        graphics.fill(new RoundRectangle2D.Double(285, 300, 70, 80, 40, 40));
    }

    private void drawHead(Graphics2D graphics, double seconds) {
        AffineTransform before = graphics.getTransform();
        graphics.translate(14 * wave(1, 0.21, seconds) + 4 * wave(2, 0.9, seconds), 5 * wave(3, 0.5, seconds));
        graphics.rotate(0.05 * wave(2, 0.17, seconds), 320, 330);
        graphics.setColor(new Color(look.hair()));
        graphics.fill(new Ellipse2D.Double(222, 95, 196, 230));
        graphics.setPaint(new GradientPaint(240, 150, shade(look.skin(), 1.12), 410, 330, shade(look.skin(), 0.78)));
        graphics.fill(new Ellipse2D.Double(240, 122, 160, 212));
        graphics.setColor(new Color(look.hair()));
        graphics.fill(new Arc2D.Double(232, 104, 176, 120, 10, 160, Arc2D.CHORD));
        boolean shut = (seconds + phases[4]) % 3.7 < 0.14;
        for (int side = -1; side <= 1; side += 2) {
            double x = 320 + side * 38;
            graphics.setColor(new Color(look.hair()));
            graphics.fill(new RoundRectangle2D.Double(x - 20, 190 + wave(5, 0.3, seconds), 40, 6, 6, 6));
            graphics.setColor(shut ? shade(look.skin(), 0.7) : Color.WHITE);
            graphics.fill(new Ellipse2D.Double(x - 15, shut ? 214 : 206, 30, shut ? 4 : 18));
            if (!shut) {
                graphics.setColor(new Color(0x2A1B12));
                graphics.fill(new Ellipse2D.Double(x - 7 + 4 * wave(5, 0.13, seconds), 208, 14, 14));
            }
        }
        graphics.setColor(shade(look.skin(), 0.68));
        graphics.fill(new Ellipse2D.Double(309, 228, 22, 34));
        double open = 4 + 13 * Math.abs(wave(4, 2.3, seconds) * wave(0, 0.7, seconds));
        graphics.setColor(new Color(0x8C3F3A));
        graphics.fill(new Ellipse2D.Double(288, 284 - open / 2, 64, 10 + open));
        graphics.setColor(new Color(0x3B1411));
        graphics.fill(new Ellipse2D.Double(295, 288 - open / 2, 50, open));
        graphics.setTransform(before);
    }

    private void drawHand(Graphics2D graphics, double seconds) {
        double up = Math.max(0, wave(5, 0.09, seconds) - 0.4) / 0.6;
        if (up > 0) {
            double x = 470 + 18 * wave(2, 1.1, seconds);
            double y = 500 - 190 * up;
            graphics.setColor(shade(look.skin(), 0.95));
            graphics.fill(new Ellipse2D.Double(x, y, 64, 74));
            for (int finger = 0; finger < 4; finger++) {
                graphics.fill(new RoundRectangle2D.Double(
                        x + 4 + 15 * finger, y - 48 + 6 * Math.abs(finger - 1), 13, 70, 13, 13));
            }
        }
    }

    private void addGrain(BufferedImage image, int number) {
        Random random = new Random(seed * 1_000_003 + number);
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            long bits = 0;
            for (int x = 0; x < width; x++) {
                bits = x % 16 == 0 ? random.nextLong() : bits >>> 4;
                int grain = (int) (bits & 7) - 3;
                row[x] = clamp((row[x] >> 16 & 255) + grain) << 16
                        | clamp((row[x] >> 8 & 255) + grain) << 8
                        | clamp((row[x] & 255) + grain);
            }
            image.setRGB(0, y, width, 1, row, 0, width);
        }
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }

    private static Color shade(int rgb, double factor) {
        return new Color(
                clamp((int) ((rgb >> 16 & 255) * factor)), clamp((int) ((rgb >> 8 & 255) * factor)), clamp((int)
                        ((rgb & 255) * factor)));
    }
}
