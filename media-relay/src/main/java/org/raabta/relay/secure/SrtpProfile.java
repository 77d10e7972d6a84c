package org.raabta.relay.secure;

import org.bouncycastle.tls.SRTPProtectionProfile;
import org.jitsi.srtp.SrtpPolicy;
import org.jspecify.annotations.Nullable;

/** The SRTP protection profiles that we speak (RFC 5764, section 4.1.2; RFC 7714, section 14.2), best first. */
public enum SrtpProfile {
    /** 10 bytes a packet: on a thin link this is worth more than a faster cipher (docs/adr/0004). */
    AES128_CM_HMAC_SHA1_80(SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80, 16, 14, 10),
    /** 16 bytes a packet. */
    AEAD_AES_128_GCM(SRTPProtectionProfile.SRTP_AEAD_AES_128_GCM, 16, 12, 16);

    private final int id;
    private final int keyBytes;
    private final int saltBytes;
    private final int tagBytes;

    SrtpProfile(int id, int keyBytes, int saltBytes, int tagBytes) {
        this.id = id;
        this.keyBytes = keyBytes;
        this.saltBytes = saltBytes;
        this.tagBytes = tagBytes;
    }

    /** Our first choice among what the client offers, whatever its order; null if there is none. */
    static @Nullable SrtpProfile choose(int[] offered) {
        for (SrtpProfile profile : values()) {
            for (int id : offered) {
                if (profile.id == id) {
                    return profile;
                }
            }
        }
        return null;
    }

    /** The number in {@code use_srtp}. */
    public int id() {
        return id;
    }

    public int keyBytes() {
        return keyBytes;
    }

    public int saltBytes() {
        return saltBytes;
    }

    public int tagBytes() {
        return tagBytes;
    }

    SrtpPolicy policy() {
        boolean gcm = this == AEAD_AES_128_GCM;
        SrtpPolicy policy = gcm
                ? new SrtpPolicy(
                        SrtpPolicy.AESGCM_ENCRYPTION, keyBytes, SrtpPolicy.NULL_AUTHENTICATION, 0, tagBytes, saltBytes)
                : new SrtpPolicy(
                        SrtpPolicy.AESCM_ENCRYPTION,
                        keyBytes,
                        SrtpPolicy.HMACSHA1_AUTHENTICATION,
                        20,
                        tagBytes,
                        saltBytes);
        // A retransmission without RTX has its old sequence number. In counter mode that shows nothing that was not
        // shown
        // before; in GCM one nonce over two different headers would give the authentication key away.
        policy.setSendReplayEnabled(gcm);
        return policy;
    }
}
