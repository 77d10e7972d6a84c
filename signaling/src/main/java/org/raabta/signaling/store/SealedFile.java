package org.raabta.signaling.store;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * One item's file: a salt, then a record for each part that was added: length, nonce, ciphertext, tag. A part counts when its
 * record is whole and true, so a torn end (a kill, a full disk, a power cut) costs the last parts and nothing else. The key
 * comes from the salt: without it nothing can be read, and it is overwritten first when the file is deleted.
 */
final class SealedFile {
    private static final byte[] MAGIC = "RAABTA1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_BYTES = 32;
    private static final int HEADER_BYTES = MAGIC.length + SALT_BYTES;
    private static final int LENGTH_BYTES = 4;
    private static final int MOST_PART = 1 << 24;

    private final Path path;
    private final String name;
    private final Vault vault;
    private final SecretKeySpec key;
    private int plainBytes;
    private long fileBytes;

    private SealedFile(Path path, String name, Vault vault, byte[] salt) {
        this.path = path;
        this.name = name;
        this.vault = vault;
        this.key = vault.key("file " + name, salt);
        this.fileBytes = HEADER_BYTES;
    }

    /** @param name of the item, part of its key: a file in another's place cannot be read */
    static SealedFile create(Path path, String name, Vault vault) throws IOException {
        byte[] salt = vault.random(SALT_BYTES);
        ByteBuffer header =
                ByteBuffer.allocate(HEADER_BYTES).put(MAGIC).put(salt).flip();
        try (var channel = FileChannel.open(
                path,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            write(channel, header, 0);
        }
        return new SealedFile(path, name, vault, salt);
    }

    /**
     * What is whole of it; null if it has no whole header. The file stays as it is: with a wrong key nothing looks whole, and
     * looking must not cost what the right key could read.
     */
    static @Nullable SealedFile open(Path path, String name, Vault vault) throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        if (bytes.length < HEADER_BYTES || !Arrays.equals(Arrays.copyOf(bytes, MAGIC.length), MAGIC)) {
            return null;
        }
        SealedFile file = new SealedFile(path, name, vault, Arrays.copyOfRange(bytes, MAGIC.length, HEADER_BYTES));
        file.walk(bytes, null);
        return file;
    }

    int plainBytes() {
        return plainBytes;
    }

    long fileBytes() {
        return fileBytes;
    }

    /** Adds a part whole, or throws and leaves the file as it was. */
    void append(byte[] part) throws IOException {
        byte[] sealed = vault.seal(key, part, context(plainBytes));
        ByteBuffer record = ByteBuffer.allocate(LENGTH_BYTES + sealed.length)
                .putInt(part.length)
                .put(sealed)
                .flip();
        try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            try {
                // A torn end goes.
                channel.truncate(fileBytes);
                write(channel, record, fileBytes);
            } catch (IOException e) {
                channel.truncate(fileBytes);
                throw e;
            }
        }
        fileBytes += LENGTH_BYTES + sealed.length;
        plainBytes += part.length;
    }

    byte[] read() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(plainBytes);
        int expected = plainBytes;
        plainBytes = 0;
        fileBytes = HEADER_BYTES;
        walk(Files.readAllBytes(path), out);
        if (plainBytes != expected) {
            throw new IOException("a stored file was changed by somebody else");
        }
        return out.toByteArray();
    }

    /** On the disk, not only on its way there. */
    void force() throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** The salt first, so that what a disk keeps of a deleted file is noise. */
    static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            write(channel, ByteBuffer.allocate(HEADER_BYTES), 0);
            channel.force(false);
        }
        Files.deleteIfExists(path);
    }

    private void walk(byte[] bytes, @Nullable ByteArrayOutputStream out) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (fileBytes + LENGTH_BYTES <= bytes.length) {
            int at = (int) fileBytes;
            int length = in.getInt(at);
            if (length <= 0 || length > MOST_PART || at + LENGTH_BYTES + length + Vault.OVERHEAD_BYTES > bytes.length) {
                return;
            }
            byte[] part = vault.open(key, bytes, at + LENGTH_BYTES, length + Vault.OVERHEAD_BYTES, context(plainBytes));
            if (part == null) {
                return;
            }
            if (out != null) {
                out.write(part, 0, part.length);
            }
            plainBytes += length;
            fileBytes += LENGTH_BYTES + length + Vault.OVERHEAD_BYTES;
        }
    }

    private byte[] context(int offset) {
        return (name + " " + offset).getBytes(StandardCharsets.UTF_8);
    }

    private static void write(FileChannel channel, ByteBuffer bytes, long at) throws IOException {
        long position = at;
        while (bytes.hasRemaining()) {
            position += channel.write(bytes, position);
        }
    }
}
