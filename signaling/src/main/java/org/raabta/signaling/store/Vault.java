package org.raabta.signaling.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** AES-256-GCM under keys that are derived from the server's storage key, one for each purpose. Safe for any thread. */
public final class Vault {
    static final int NONCE_BYTES = 12;
    static final int TAG_BYTES = 16;
    /** What sealing adds. */
    static final int OVERHEAD_BYTES = NONCE_BYTES + TAG_BYTES;

    private static final int LEAST_SECRET = 16;

    private final byte[] master;
    private final SecureRandom random = new SecureRandom();

    /** @param secret the text of the key file or the setting */
    public Vault(String secret) {
        if (secret.length() < LEAST_SECRET) {
            throw new IllegalArgumentException("a storage key has at least " + LEAST_SECRET + " characters");
        }
        this.master = hmac(secret.getBytes(StandardCharsets.UTF_8), "raabta storage".getBytes(StandardCharsets.UTF_8));
    }

    /** A key of its own for {@code purpose}. */
    SecretKeySpec key(String purpose, byte[] salt) {
        byte[] text = purpose.getBytes(StandardCharsets.UTF_8);
        byte[] info = java.util.Arrays.copyOf(text, text.length + salt.length);
        System.arraycopy(salt, 0, info, text.length, salt.length);
        return new SecretKeySpec(hmac(master, info), "AES");
    }

    byte[] random(int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return value;
    }

    /** Nonce, ciphertext and tag. */
    byte[] seal(SecretKeySpec key, byte[] plain, byte[] context) {
        byte[] nonce = random(NONCE_BYTES);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, 0, context);
            byte[] sealed = java.util.Arrays.copyOf(nonce, NONCE_BYTES + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE_BYTES);
            return sealed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM is part of every JDK", e);
        }
    }

    /** What was sealed under the same key and context, or null: other bytes. */
    byte @Nullable [] open(SecretKeySpec key, byte[] sealed, int from, int length, byte[] context) {
        if (length < OVERHEAD_BYTES) {
            return null;
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, key, sealed, from, context)
                    .doFinal(sealed, from + NONCE_BYTES, length - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            return null;
        }
    }

    /** For a column of a table: base64. */
    public String sealText(String purpose, String plain) {
        byte[] context = purpose.getBytes(StandardCharsets.UTF_8);
        return Base64.getEncoder()
                .encodeToString(seal(key("text", new byte[0]), plain.getBytes(StandardCharsets.UTF_8), context));
    }

    /** @throws IllegalStateException if it was not sealed with this server's key for this purpose */
    public String openText(String purpose, String sealed) {
        byte[] bytes = Base64.getDecoder().decode(sealed);
        byte[] context = purpose.getBytes(StandardCharsets.UTF_8);
        byte[] plain = open(key("text", new byte[0]), bytes, 0, bytes.length, context);
        if (plain == null) {
            throw new IllegalStateException("what is stored was sealed with another storage key");
        }
        return new String(plain, StandardCharsets.UTF_8);
    }

    private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, int from, byte[] context)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * 8, nonce, from, NONCE_BYTES));
        cipher.updateAAD(context);
        return cipher;
    }

    private static byte[] hmac(byte[] key, byte[] text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is part of every JDK", e);
        }
    }
}
