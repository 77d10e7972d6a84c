package org.raabta.signaling.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QrSvgTest {
    /** What a QR code has in three corners: a square of 7 around one of 5 light ones around one of 3. */
    private static final String[] FINDER = {"#######", "#.....#", "#.###.#", "#.###.#", "#.###.#", "#.....#", "#######"
    };

    @Test
    void theRunsOfThePathAreTheModulesOfTheCodeWithRoomAroundIt() {
        String svg = QrSvg.of("https://clinic.example/c/" + "A".repeat(43));
        Matcher box = Pattern.compile("viewBox=\"0 0 (\\d+) \\1\"").matcher(svg);
        assertThat(box.find()).isTrue();
        int side = Integer.parseInt(box.group(1));
        boolean[][] dark = new boolean[side][side];
        Matcher run = Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1H(\\d+)z").matcher(svg);
        while (run.find()) {
            int x = Integer.parseInt(run.group(1));
            assertThat(run.group(4)).isEqualTo(run.group(1));
            for (int i = 0; i < Integer.parseInt(run.group(3)); i++) {
                dark[Integer.parseInt(run.group(2))][x + i] = true;
            }
        }
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                boolean edge = Math.min(x, y) < 4 || Math.max(x, y) >= side - 4;
                assertThat(edge && dark[y][x]).as("the edge is light").isFalse();
            }
        }
        for (int[] corner : new int[][] {{4, 4}, {side - 11, 4}, {4, side - 11}}) {
            for (int y = 0; y < 7; y++) {
                StringBuilder line = new StringBuilder();
                for (int x = 0; x < 7; x++) {
                    line.append(dark[corner[1] + y][corner[0] + x] ? '#' : '.');
                }
                assertThat(line.toString()).isEqualTo(FINDER[y]);
            }
        }
    }
}
