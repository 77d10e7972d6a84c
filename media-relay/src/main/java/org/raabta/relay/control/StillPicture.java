package org.raabta.relay.control;

/** A single picture that the relay took out of a sender's video. */
public final class StillPicture {
    public static final String CONTENT_TYPE = "image/webp";

    private final byte[] webp;
    private final int width;
    private final int height;

    /** @param webp a whole WebP file; nobody changes it from now on */
    public StillPicture(byte[] webp, int width, int height) {
        this.webp = webp;
        this.width = width;
        this.height = height;
    }

    public byte[] webp() {
        return webp.clone();
    }

    public int bytes() {
        return webp.length;
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }
}
