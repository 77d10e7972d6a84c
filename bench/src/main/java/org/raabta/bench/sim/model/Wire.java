package org.raabta.bench.sim.model;

/** What things cost on the link: whole IP packets, as they are after SRTP. */
final class Wire {
    private static final int IP_AND_UDP = 28;
    private static final int SRTP_TAG = 10;
    /** SRTCP's index and E bit (RFC 3711, section 3.4). */
    private static final int SRTCP_INDEX = 4;

    /**
     * A consent check (RFC 7675): binding request with user name, priority, role, network information, integrity and
     * fingerprint. One each 2.5 s is the 0.4 kbps of field-notes.md.
     */
    static final int CHECK = 100 + IP_AND_UDP;

    /** Its answer: mapped address, integrity and fingerprint. */
    static final int CHECK_ANSWER = 64 + IP_AND_UDP;

    /** A message of the control socket: about 70 bytes of compressed JSON in a WebSocket frame, TLS record, TCP and IP. */
    static final int CONTROL = 70 + 2 + 22 + 52;

    private Wire() {}

    static int ofRtp(int plainBytes) {
        return plainBytes + SRTP_TAG + IP_AND_UDP;
    }

    static int ofRtcp(int plainBytes) {
        return plainBytes + SRTCP_INDEX + SRTP_TAG + IP_AND_UDP;
    }
}
