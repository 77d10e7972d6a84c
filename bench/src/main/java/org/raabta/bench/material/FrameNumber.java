package org.raabta.bench.material;

import java.awt.Color;
import java.awt.Graphics2D;
import java.util.OptionalInt;

/**
 * A picture's number, drawn into it so that it survives scaling to 160x120 and hard compression: 16 equal cells over the top
 * twelfth of the picture. Cell 0 is white, cell 1 black (they give the threshold), 12 cells hold the number, highest bit
 * first and white for 1, and 2 cells the count of its ones modulo 4. A page reads it the same way from a canvas: the mean of
 * the middle half of each cell.
 */
public final class FrameNumber {
    public static final int COUNT = 1 << 12;

    private static final int CELLS = 16;
    private static final int BITS = 12;
    private static final int STRIP = 12;
    private static final double LEAST_CONTRAST = 60;

    private FrameNumber() {}

    static void draw(Graphics2D graphics, int width, int height, int number) {
        for (int cell = 0; cell < CELLS; cell++) {
            graphics.setColor(isWhite(cell, number) ? Color.WHITE : Color.BLACK);
            int from = cell * width / CELLS;
            graphics.fillRect(from, 0, (cell + 1) * width / CELLS - from, height / STRIP);
        }
    }

    /** The number in a picture, given as luma (0..255) row by row; empty if it cannot be read for certain. */
    public static OptionalInt read(byte[] luma, int width, int height) {
        double[] means = new double[CELLS];
        for (int cell = 0; cell < CELLS; cell++) {
            means[cell] = middle(luma, width, height, cell);
        }
        if (means[0] - means[1] < LEAST_CONTRAST) {
            return OptionalInt.empty();
        }
        double threshold = (means[0] + means[1]) / 2;
        int number = 0;
        for (int bit = 0; bit < BITS; bit++) {
            number = number * 2 + (means[2 + bit] > threshold ? 1 : 0);
        }
        for (int cell = 2 + BITS; cell < CELLS; cell++) {
            if (means[cell] > threshold != isWhite(cell, number)) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.of(number);
    }

    private static boolean isWhite(int cell, int number) {
        if (cell < 2) {
            return cell == 0;
        }
        if (cell < 2 + BITS) {
            return (number >> (BITS - 1 - (cell - 2)) & 1) == 1;
        }
        int check = Integer.bitCount(number) % 4;
        return cell == 2 + BITS ? check >= 2 : check % 2 == 1;
    }

    private static double middle(byte[] luma, int width, int height, int cell) {
        int fromX = (4 * cell + 1) * width / (4 * CELLS);
        int toX = Math.max(fromX + 1, (4 * cell + 3) * width / (4 * CELLS));
        int fromY = height / STRIP / 4;
        int toY = Math.max(fromY + 1, 3 * height / STRIP / 4);
        double sum = 0;
        for (int y = fromY; y < toY; y++) {
            for (int x = fromX; x < toX; x++) {
                sum += luma[y * width + x] & 0xFF;
            }
        }
        return sum / ((toX - fromX) * (toY - fromY));
    }
}
