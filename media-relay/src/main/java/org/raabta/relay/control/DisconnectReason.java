package org.raabta.relay.control;

/** Why a leg's transport went away or never came. */
public enum DisconnectReason {
    /** No authenticated check for 30 s (RFC 7675): we stop sending; keys are kept for ten minutes. */
    CONSENT_EXPIRED,
    /** The keys' ten minutes are over. */
    KEYS_EXPIRED,
    /** The certificate is not the one that was signaled. */
    FINGERPRINT_MISMATCH,
    /** No signaled fingerprint within 10 s of the handshake. */
    FINGERPRINT_MISSING,
    /** The DTLS handshake failed or timed out. */
    HANDSHAKE_FAILED,
    /** The far end closed (DTLS close_notify). */
    CLOSED_BY_PEER
}
