package org.raabta.signaling.consult;

/** Why a room closes a page's socket, with the WebSocket status (RFC 6455, section 7.4; 4000 and up are ours). */
public enum CloseReason {
    /** The page said good-bye, or opened a newer socket for the same instance. */
    DONE(1000),
    REPLACED(4001),
    ENDED(4002),
    RESTARTING(1012),
    TOO_MANY_ERRORS(1008),
    TOO_BIG(1009);

    private final int status;

    CloseReason(int status) {
        this.status = status;
    }

    public int status() {
        return status;
    }
}
