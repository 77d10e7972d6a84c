package org.raabta.signaling.link;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.raabta.relay.control.Role;

/** Writes and checks tokens with the server's token key (docs/protocol.md, "Links and tokens"). */
public final class Tokens {
    private static final int VERSION = 1;
    private static final int BODY_BYTES = 13;
    private static final int MAC_BYTES = 19;
    private static final String ALGORITHM = "HmacSHA256";

    /** In the order of their numbers in the token. */
    private static final List<Role> ROLES = List.of(Role.PATIENT, Role.DOCTOR, Role.GUEST);

    private final SecretKeySpec key;

    /** @param key at least 32 random bytes */
    public Tokens(byte[] key) {
        if (key.length < 32) {
            throw new IllegalArgumentException("a token key has at least 32 bytes");
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    public String write(Token token) {
        ByteBuffer bytes = ByteBuffer.allocate(BODY_BYTES + MAC_BYTES);
        bytes.put((byte) (VERSION << 4 | ROLES.indexOf(token.role())));
        bytes.putLong(token.consult());
        bytes.putInt((int) token.expires().getEpochSecond());
        bytes.put(mac(Arrays.copyOf(bytes.array(), BODY_BYTES)));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** The token in {@code text}, or nothing if it is not one of ours; it may be expired. */
    public Optional<Token> read(String text) {
        if (text.length() != Token.LENGTH) {
            return Optional.empty();
        }
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        // Two spellings of one token would be two sets of ICE credentials: only the canonical one counts.
        if (bytes.length != BODY_BYTES + MAC_BYTES
                || !Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(bytes)
                        .equals(text)) {
            return Optional.empty();
        }
        byte[] body = Arrays.copyOf(bytes, BODY_BYTES);
        byte[] mac = Arrays.copyOfRange(bytes, BODY_BYTES, bytes.length);
        if (!MessageDigest.isEqual(mac, mac(body))) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(body);
        int first = in.get() & 0xff;
        long consult = in.getLong();
        Instant expires = Instant.ofEpochSecond(in.getInt() & 0xffff_ffffL);
        int role = first & 0xf;
        if (first >> 4 != VERSION || role >= ROLES.size() || consult < 0) {
            return Optional.empty();
        }
        return Optional.of(new Token(ROLES.get(role), consult, expires));
    }

    private byte[] mac(byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return Arrays.copyOf(mac.doFinal(body), MAC_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA256", e);
        }
    }
}
