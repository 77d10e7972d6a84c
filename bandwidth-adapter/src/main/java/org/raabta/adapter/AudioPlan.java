package org.raabta.adapter;

/**
 * How speech is sent.
 *
 * @param bitrateBps codec rate, 6000 to 64000
 * @param packetMs   length of a packet: 20, 40, 60 or 120
 * @param red        whether each packet carries the one before it once more (RFC 2198)
 * @param dtx        whether silence is left out (one packet in 400 ms)
 */
public record AudioPlan(int bitrateBps, int packetMs, boolean red, boolean dtx) {
    /** IPv4, UDP, RTP and the SRTP tag of AES_CM_128_HMAC_SHA1_80 (design/links-and-ladder.md, section 3). */
    public static final int HEADER_BYTES = 50;

    /** RFC 2198: four bytes before the copy, one before the packet itself. */
    private static final int RED_BYTES = 5;

    private static final int MOST_BPS = 64_000;

    /** As many bits in the packets themselves, where one end knows no copies (a browser without RED). */
    public AudioPlan withoutCopies() {
        return red ? new AudioPlan(Math.min(MOST_BPS, 2 * bitrateBps), packetMs, false, dtx) : this;
    }

    /** Link bits of continuous speech, without RTCP, checks and sockets. */
    public double wireKbps() {
        double packetsPerSecond = 1000.0 / packetMs;
        double payload = bitrateBps / 1000.0 * (red ? 2 : 1);
        return payload + packetsPerSecond * (HEADER_BYTES + (red ? RED_BYTES : 0)) * 8 / 1000;
    }
}
