package org.raabta.signaling.link;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** Secrets that are made at first start and kept in the data directory, readable by their owner only. */
public final class KeyFile {
    private static final int KEY_BYTES = 32;

    private KeyFile() {}

    /** The text in {@code file}; a missing file is made with 256 random bits in base64url. */
    public static String readOrMake(Path file, SecureRandom random) throws IOException {
        if (Files.exists(file)) {
            return read(file);
        }
        byte[] bytes = new byte[KEY_BYTES];
        random.nextBytes(bytes);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        try {
            write(file, text + "\n");
        } catch (FileAlreadyExistsException e) {
            return read(file);
        }
        return text;
    }

    /** Writes a new file with mode 0600; it never is readable by others, not even while empty. */
    public static void write(Path file, String text) throws IOException {
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try (var channel = Files.newByteChannel(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            var bytes = java.nio.ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    private static String read(Path file) throws IOException {
        String text = Files.readString(file).strip();
        if (text.length() < 16) {
            throw new IOException(file + " holds no key: remove it to have a new one made");
        }
        return text;
    }
}
