package org.raabta.signaling.link;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LocalIce;
import org.raabta.relay.control.Role;

/**
 * One life of a page (or one standard client) under one link: its leg's name and the server's ICE credentials towards
 * it, all derived, so that they never travel (docs/protocol.md, "ICE credentials").
 */
public final class Instance implements LocalIce {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{8}");
    private static final int PASSWORD_LENGTH = 24;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final String id;
    private final String base;

    /** @throws IllegalArgumentException unless {@link #isId} */
    public Instance(String token, String id) {
        if (!isId(id)) {
            throw new IllegalArgumentException("an instance is 8 base64url characters");
        }
        this.key = new SecretKeySpec(token.getBytes(StandardCharsets.US_ASCII), ALGORITHM);
        this.id = id;
        this.base =
                Base64.getEncoder().encodeToString(hmac("raabta ufrag " + id)).substring(0, BASE_LENGTH);
    }

    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /** For a client that draws no instance of its own. */
    public static String randomId(SecureRandom random) {
        byte[] bytes = new byte[6];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Derived as well: a page chooses its instance but can never meet the leg of somebody else's link. */
    public LegId leg(Role role) {
        String name = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(hmac("raabta leg " + id))
                .substring(0, BASE_LENGTH);
        return new LegId(role.label().charAt(0) + "-" + name);
    }

    @Override
    public String ufragBase() {
        return base;
    }

    @Override
    public String password(int generation) {
        return Base64.getEncoder()
                .encodeToString(hmac("raabta pwd " + id + " " + generation))
                .substring(0, PASSWORD_LENGTH);
    }

    private byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }
}
