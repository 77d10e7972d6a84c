package org.raabta.relay.secure;

import java.util.Arrays;

/** Master keys and salts of both directions, as DTLS exported them (RFC 5764, section 4.2). */
public final class SrtpKeys {
    private final SrtpProfile profile;
    private final byte[] material;

    /** @param material client key, server key, client salt, server salt */
    public SrtpKeys(SrtpProfile profile, byte[] material) {
        if (material.length != materialBytes(profile)) {
            throw new IllegalArgumentException("wrong length for " + profile);
        }
        this.profile = profile;
        this.material = material.clone();
    }

    public static int materialBytes(SrtpProfile profile) {
        return 2 * (profile.keyBytes() + profile.saltBytes());
    }

    public SrtpProfile profile() {
        return profile;
    }

    byte[] key(boolean client) {
        int at = client ? 0 : profile.keyBytes();
        return Arrays.copyOfRange(material, at, at + profile.keyBytes());
    }

    byte[] salt(boolean client) {
        int at = 2 * profile.keyBytes() + (client ? 0 : profile.saltBytes());
        return Arrays.copyOfRange(material, at, at + profile.saltBytes());
    }
}
