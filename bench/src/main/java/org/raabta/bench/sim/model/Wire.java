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

    /** Around a message of the control socket: WebSocket frame, TLS record, TCP and IP. */
    private static final int SOCKET = 2 + 22 + 52;

    /** What a browser adds to each of its frames (RFC 6455, section 5.3). */
    private static final int MASK = 4;

    // Compressed JSON of the usual fields (docs/protocol.md).
    static final int RUNG = 70 + SOCKET;
    static final int STATE = 180 + SOCKET;
    static final int SEND_VOICE = 52 + SOCKET;
    static final int SEND_VIDEO = 78 + SOCKET;
    static final int STATS = 38 + MASK + SOCKET;
    static final int PACE = 60 + SOCKET;
    static final int BRAKE = 30 + MASK + SOCKET;

    private Wire() {}

    static int ofRtp(int plainBytes) {
        return plainBytes + SRTP_TAG + IP_AND_UDP;
    }

    static int ofRtcp(int plainBytes) {
        return plainBytes + SRTCP_INDEX + SRTP_TAG + IP_AND_UDP;
    }
}
