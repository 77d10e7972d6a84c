package org.raabta.signaling.socket;

/** A message that cannot be taken; the text is for the page's developer and repeats nothing of it. */
public final class BadMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String re;

    /** @param re the message's type, if it is a known one, else empty */
    public BadMessageException(String re, String message) {
        super(message, null, false, false);
        this.re = re;
    }

    public String re() {
        return re;
    }
}
