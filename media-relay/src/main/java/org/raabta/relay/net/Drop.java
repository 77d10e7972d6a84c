package org.raabta.relay.net;

import java.util.Locale;

/** Why something that came or was to go went no further. Counted, never logged one by one. */
public enum Drop {
    /** Neither STUN, DTLS, RTP nor RTCP (RFC 7983), or longer than any of them may be here. */
    JUNK,
    STUN_MALFORMED,
    /** A user name of no leg that lives on this loop. */
    STUN_UNKNOWN_USER,
    STUN_NO_CREDENTIALS,
    STUN_WRONG_INTEGRITY,
    STUN_UNKNOWN_ATTRIBUTE,
    STUN_ROLE_CONFLICT,
    STUN_UNEXPECTED,
    /** DTLS or media from an address that no leg has shown to be its own. */
    UNKNOWN_SENDER,
    DTLS_MALFORMED,
    /** A ClientHello from an address without an authenticated check. */
    DTLS_UNCHECKED,
    /** A record of no association. */
    DTLS_STRAY,
    DTLS_OVERFLOW,
    DTLS_REPEATED,
    /** As many handshakes run as may run at once. */
    HANDSHAKES_FULL,
    /** A further handshake of a leg that goes on with its former keys failed, or was not the leg's. */
    HANDSHAKE_REFUSED,
    /** Media before the keys are known to be the signaled peer's. */
    KEYS_INERT,
    SRTP_MALFORMED,
    SRTP_AUTHENTICATION_FAILED,
    SRTP_REPLAYED,
    SRTP_TOO_MANY_SSRCS,
    /** To a leg without keys, consent or address. */
    NOT_CONNECTED,
    /** The packet could not be protected. */
    SRTP_NOT_SENT,
    UDP_BACKED_UP,
    /** Media that would wait in a TCP connection for longer than it is worth. */
    TCP_BACKED_UP,
    /** A TCP connection sends faster than its call reads. */
    TCP_OVERFLOW,
    /** Not the framing of RFC 4571, or a frame of nobody's. */
    TCP_JUNK,
    TCP_TOO_MANY,
    SOCKET_ERROR,
    TOO_MANY_LEGS,
    /** A command for a leg that is not there any more. */
    UNKNOWN_LEG;

    /** The name in snapshots and metrics. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
