package org.raabta.signaling.media;

/** How large a picture may say it is, before anybody makes room for its pixels. */
final class PictureBounds {
    private static final int MOST_SIDE = 8192;
    /** A phone camera's 20 megapixels and a little: 24 MB of grey, 72 MB of colour. */
    private static final int MOST_PIXELS = 24_000_000;

    private PictureBounds() {}

    static void check(int width, int height) throws BadMediaException {
        if (width <= 0 || height <= 0) {
            throw BadMediaException.broken("the picture has no size");
        }
        if (width > MOST_SIDE || height > MOST_SIDE || (long) width * height > MOST_PIXELS) {
            throw BadMediaException.broken("the picture has too many pixels");
        }
    }
}
