package org.raabta.relay.control;

import java.util.Base64;
import java.util.HexFormat;

/**
 * SHA-256 of a certificate in DER.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Fingerprint(String hex) {
    public Fingerprint {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a SHA-256 fingerprint");
        }
    }

    /** @throws IllegalArgumentException unless there are 32 bytes */
    public static Fingerprint ofBytes(byte[] sha256) {
        return new Fingerprint(HexFormat.of().formatHex(sha256));
    }

    /** From base64url without padding, as on the control socket. @throws IllegalArgumentException if it is not 32 bytes */
    public static Fingerprint ofBase64Url(String text) {
        return ofBytes(Base64.getUrlDecoder().decode(text));
    }

    /** From SDP's upper-case hex with colons (RFC 8122). @throws IllegalArgumentException if it is not 32 bytes */
    public static Fingerprint ofSdp(String text) {
        return ofBytes(HexFormat.ofDelimiter(":").parseHex(text));
    }

    /** As on the control socket. */
    public String base64Url() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(HexFormat.of().parseHex(hex));
    }

    /** As in SDP. */
    public String sdp() {
        return HexFormat.ofDelimiter(":")
                .withUpperCase()
                .formatHex(HexFormat.of().parseHex(hex));
    }
}
