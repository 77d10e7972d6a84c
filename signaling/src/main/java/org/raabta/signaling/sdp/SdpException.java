package org.raabta.signaling.sdp;

/** A description that cannot be used; the text says why and repeats nothing of it. */
public final class SdpException extends Exception {
    private static final long serialVersionUID = 1L;

    public SdpException(String message) {
        super(message, null, false, false);
    }
}
