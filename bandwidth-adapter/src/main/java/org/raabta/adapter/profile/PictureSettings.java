package org.raabta.adapter.profile;

import java.util.List;

/**
 * The moving pictures of one rung.
 *
 * @param leastKbps less is no picture: the browser cannot keep an encoder running below
 * @param mostKbps  more is the next rung's
 * @param keptKbps  what growing audio leaves to the picture
 * @param leastFps  fewest pictures a second
 * @param mostFps   most pictures a second
 * @param heights   rows a picture may have, rising
 */
public record PictureSettings(
        double leastKbps, double mostKbps, double keptKbps, int leastFps, int mostFps, List<Integer> heights) {
    /** A rung without moving pictures. */
    public static final PictureSettings NONE = new PictureSettings(0, 0, 0, 0, 0, List.of());

    public PictureSettings {
        heights = List.copyOf(heights);
    }
}
