package org.raabta.relay.call;

/** What a packet costs on the link: every budget is kept in these. */
final class LinkBytes {
    private static final int IPV4_AND_UDP = 28;
    private static final int SRTP_TAG = 10;
    /** SRTCP appends its index and E bit before the tag (RFC 3711, section 3.4). */
    private static final int SRTCP_INDEX = 4;

    private LinkBytes() {}

    static int ofRtp(int plainBytes) {
        return plainBytes + SRTP_TAG + IPV4_AND_UDP;
    }

    static int ofRtcp(int plainBytes) {
        return plainBytes + SRTCP_INDEX + SRTP_TAG + IPV4_AND_UDP;
    }
}
