package org.raabta.signaling.media;

/** Bytes that are not taken; the text is for people and repeats nothing of them. */
public final class BadMediaException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean otherType;

    private BadMediaException(boolean otherType, String message) {
        super(message, null, false, false);
        this.otherType = otherType;
    }

    static BadMediaException otherType(String message) {
        return new BadMediaException(true, message);
    }

    static BadMediaException broken(String message) {
        return new BadMediaException(false, message);
    }

    /** Whether it is something else than was said, and not merely broken. */
    public boolean isOtherType() {
        return otherType;
    }
}
