package org.raabta.bench.material;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;

/** Everything that a file is made of, as a key: arguments, and the code that makes it, so that no version has to be kept by hand. */
final class Recipe {
    private static final int KEY_DIGITS = 32;

    private final String kind;
    private final MessageDigest digest;

    Recipe(String kind) {
        this.kind = kind;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        // Drawing, resampling and JPEG are the runtime's.
        with(Runtime.version().toString());
    }

    Recipe with(Object argument) {
        byte[] text = argument.toString().getBytes(StandardCharsets.UTF_8);
        digest.update((text.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(text);
        return this;
    }

    /** Also of the classes inside of it. */
    Recipe madeBy(Class<?> code) throws IOException {
        String name = code.getName();
        try (InputStream in = code.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
            if (in == null) {
                throw new IOException("the code of " + name + " cannot be read");
            }
            digest.update(in.readAllBytes());
        }
        Class<?>[] inner = code.getDeclaredClasses();
        Arrays.sort(inner, Comparator.comparing(Class::getName));
        for (Class<?> each : inner) {
            madeBy(each);
        }
        return this;
    }

    String key() {
        return kind + "-" + HexFormat.of().formatHex(digest.digest()).substring(0, KEY_DIGITS);
    }
}
