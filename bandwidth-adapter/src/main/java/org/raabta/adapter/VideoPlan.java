package org.raabta.adapter;

/**
 * How moving pictures are sent.
 *
 * @param maxKbps   most link bits for video, everything of it counted; 0 is no video
 * @param maxFps    most pictures a second
 * @param maxHeight most rows of a picture; the page scales its camera's picture down to it
 */
public record VideoPlan(double maxKbps, int maxFps, int maxHeight) {
    /** No moving pictures. */
    public static final VideoPlan OFF = new VideoPlan(0, 0, 0);

    public boolean active() {
        return maxKbps > 0;
    }
}
