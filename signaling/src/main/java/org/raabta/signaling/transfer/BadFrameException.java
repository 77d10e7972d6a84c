package org.raabta.signaling.transfer;

/** A binary frame that is none of ours. */
public final class BadFrameException extends Exception {
    private static final long serialVersionUID = 1L;

    BadFrameException(String message) {
        super(message, null, false, false);
    }
}
