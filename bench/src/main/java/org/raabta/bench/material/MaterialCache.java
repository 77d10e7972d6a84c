package org.raabta.bench.material;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Files that take long to make, kept by a key that stands for everything they are made of. An entry is a directory: it gets
 * its name when it is complete, and lists its files' sums, so that neither a half-written nor a damaged one is ever used.
 */
final class MaterialCache {
    private static final String SUMS = "sums";
    private static final String HALF = "half-";

    private final Path root;
    private final long mostBytes;

    /** Writes an entry's files into a directory. */
    @FunctionalInterface
    interface Maker {
        void make(Path directory) throws IOException, InterruptedException;
    }

    /** @param mostBytes beyond it the entries that were not used for longest are deleted */
    MaterialCache(Path root, long mostBytes) {
        this.root = root;
        this.mostBytes = mostBytes;
    }

    /** Copies the files of this key into {@code directory}, made first if they are not here whole. */
    void fill(Path directory, String key, Maker maker) throws IOException, InterruptedException {
        Files.createDirectories(root);
        Path entry = root.resolve(key);
        if (!isWhole(entry)) {
            make(entry, maker);
        }
        Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
        for (String name : sums(entry).keySet()) {
            Files.copy(entry.resolve(name), directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private void make(Path entry, Maker maker) throws IOException, InterruptedException {
        deleteAbandoned();
        Path half =
                Files.createTempDirectory(root, HALF + ProcessHandle.current().pid() + "-");
        try {
            maker.make(half);
            StringBuilder sums = new StringBuilder();
            for (Path file : list(half)) {
                sums.append(sum(file)).append(' ').append(file.getFileName()).append('\n');
            }
            Files.writeString(half.resolve(SUMS), sums, StandardCharsets.UTF_8);
            delete(entry);
            appear(half, entry);
        } finally {
            delete(half);
        }
        shrink(entry);
    }

    private static void appear(Path half, Path entry) throws IOException {
        try {
            Files.move(half, entry, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Another run may have made the same meanwhile.
            if (!isWhole(entry)) {
                throw e;
            }
        }
    }

    private static boolean isWhole(Path entry) {
        try {
            for (Map.Entry<String, String> file : sums(entry).entrySet()) {
                if (!sum(entry.resolve(file.getKey())).equals(file.getValue())) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Sums by names of files. */
    private static Map<String, String> sums(Path entry) throws IOException {
        Map<String, String> sums = new HashMap<>();
        for (String line : Files.readAllLines(entry.resolve(SUMS))) {
            String[] parts = line.split(" ", 2);
            if (parts.length < 2) {
                throw new IOException("not a list of sums: " + entry.resolve(SUMS));
            }
            sums.put(parts[1], parts[0]);
        }
        if (sums.isEmpty()) {
            throw new IOException("empty: " + entry.resolve(SUMS));
        }
        return sums;
    }

    private static String sum(Path file) throws IOException {
        CRC32C sum = new CRC32C();
        byte[] block = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(block); count >= 0; count = in.read(block)) {
                sum.update(block, 0, count);
            }
        }
        return Files.size(file) + "-" + Long.toHexString(sum.getValue());
    }

    private void shrink(Path newest) throws IOException {
        List<Path> oldestFirst = new ArrayList<>(list(root));
        oldestFirst.removeIf(
                path -> path.equals(newest) || path.getFileName().toString().startsWith(HALF));
        Map<Path, Long> usedMs = new HashMap<>();
        long bytes = size(newest);
        for (Path entry : oldestFirst) {
            usedMs.put(entry, Files.getLastModifiedTime(entry).toMillis());
            bytes += size(entry);
        }
        oldestFirst.sort(Comparator.comparing(usedMs::get));
        for (Path entry : oldestFirst) {
            if (bytes <= mostBytes) {
                return;
            }
            bytes -= size(entry);
            delete(entry);
        }
    }

    /** What a process that was killed had begun. */
    private void deleteAbandoned() throws IOException {
        for (Path path : list(root)) {
            String name = path.getFileName().toString();
            if (name.matches(HALF + "[0-9]{1,10}-.*")
                    && ProcessHandle.of(Long.parseLong(name.split("-", 3)[1])).isEmpty()) {
                delete(path);
            }
        }
    }

    private static long size(Path entry) throws IOException {
        long bytes = 0;
        for (Path file : list(entry)) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    private static List<Path> list(Path directory) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory)) {
            List<Path> paths = new ArrayList<>();
            all.forEach(paths::add);
            return paths.stream().sorted().collect(Collectors.toList());
        }
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
