package org.raabta.signaling.store;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of all consultations, one directory each, off the event loops: one thread, so that parts of a file keep their order.
 * Failures are a {@link StoreException} in the future.
 */
public final class ItemFiles implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ItemFiles.class);
    private static final String TEMPORARY = ".tmp";

    private final Path directory;
    private final Vault vault;
    private final Limits limits;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "files"));
    /** Open in the sense that their size is known; on the thread only. */
    private final Map<Path, SealedFile> known = new HashMap<>();

    private long totalBytes;

    /**
     * @param mostBytes of all files together
     * @param keepFree  bytes of the disk that are never taken
     */
    public record Limits(long mostBytes, long keepFree) {}

    public ItemFiles(Path directory, Vault vault, Limits limits) throws IOException {
        this.directory = directory;
        this.vault = vault;
        this.limits = limits;
        makePrivate(directory);
        try (var files = Files.walk(directory)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                if (file.getFileName().toString().endsWith(TEMPORARY)) {
                    SealedFile.delete(file);
                } else {
                    totalBytes += Files.size(file);
                }
            }
        }
    }

    /** Adds {@code part} at {@code offset}, which has to be the end; completes with the new size. */
    public CompletableFuture<Integer> append(long consult, String item, int offset, byte[] part) {
        return run(() -> {
            Path path = path(consult, item);
            if (totalBytes + part.length > limits.mostBytes) {
                throw new StoreException(StoreException.Reason.CLINIC_FULL, null);
            }
            makePrivate(path.toAbsolutePath().getParent());
            if (Files.getFileStore(directory).getUsableSpace() < limits.keepFree + part.length) {
                throw new StoreException(StoreException.Reason.DISK_FULL, null);
            }
            SealedFile file = opened(path, name(consult, item));
            if (offset != file.plainBytes()) {
                throw new StoreException(StoreException.Reason.WRONG_OFFSET, null);
            }
            long before = file.fileBytes();
            file.append(part);
            totalBytes += file.fileBytes() - before;
            return file.plainBytes();
        });
    }

    /** All that was added. */
    public CompletableFuture<byte[]> read(long consult, String item) {
        return run(() -> {
            Path path = path(consult, item);
            if (!Files.exists(path)) {
                throw new StoreException(StoreException.Reason.MISSING, null);
            }
            return opened(path, name(consult, item)).read();
        });
    }

    /** The finished item: on the disk when this completes; {@code bytes} take the place of what was added. */
    public CompletableFuture<Void> replace(long consult, String item, byte[] bytes) {
        return run(() -> {
            Path path = path(consult, item);
            Path temporary = path.resolveSibling(item + TEMPORARY);
            SealedFile old = opened(path, name(consult, item));
            SealedFile file = SealedFile.create(temporary, name(consult, item), vault);
            file.append(bytes);
            file.force();
            Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            known.remove(path);
            totalBytes += file.fileBytes() - old.fileBytes();
            return null;
        });
    }

    /** What was added is on the disk when this completes. */
    public CompletableFuture<Void> force(long consult, String item) {
        return run(() -> {
            Path path = path(consult, item);
            opened(path, name(consult, item)).force();
            known.remove(path);
            return null;
        });
    }

    /** Sizes of what is kept of a consultation's items. */
    public CompletableFuture<Map<String, Integer>> sizes(long consult) {
        return run(() -> {
            Map<String, Integer> sizes = new HashMap<>();
            for (String item : names(folder(consult))) {
                Path path = path(consult, item);
                SealedFile file = known.get(path);
                // Not kept in mind: most of them are finished and nothing is added any more.
                SealedFile seen = file == null ? SealedFile.open(path, name(consult, item), vault) : file;
                sizes.put(item, seen == null ? 0 : seen.plainBytes());
            }
            return sizes;
        });
    }

    public CompletableFuture<Void> delete(long consult, String item) {
        return run(() -> {
            delete(path(consult, item));
            return null;
        });
    }

    public CompletableFuture<Void> deleteAll(long consult) {
        return run(() -> {
            for (String item : names(folder(consult))) {
                delete(path(consult, item));
            }
            Files.deleteIfExists(folder(consult));
            return null;
        });
    }

    /** Consultations that have files. */
    public CompletableFuture<Set<Long>> consults() {
        return run(() -> {
            Set<Long> consults = new HashSet<>();
            for (String name : names(directory)) {
                try {
                    consults.add(Long.parseLong(name, 36));
                } catch (NumberFormatException e) {
                    LOG.warn("a directory that is not a consultation's lies among the stored files");
                }
            }
            return consults;
        });
    }

    /** What all files take, as far as it is known now. */
    public CompletableFuture<Long> totalBytes() {
        return run(() -> totalBytes);
    }

    /** Finishes what is queued, for at most five seconds. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("stored files did not finish in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SealedFile opened(Path path, String name) throws IOException {
        SealedFile file = known.get(path);
        if (file == null) {
            long before = Files.exists(path) ? Files.size(path) : 0;
            SealedFile whole = before == 0 ? null : SealedFile.open(path, name, vault);
            file = whole == null ? SealedFile.create(path, name, vault) : whole;
            totalBytes += file.fileBytes() - before;
            known.put(path, file);
        }
        return file;
    }

    private void delete(Path path) throws IOException {
        known.remove(path);
        if (Files.exists(path)) {
            totalBytes -= Files.size(path);
            SealedFile.delete(path);
        }
    }

    private Path folder(long consult) {
        return directory.resolve(Long.toString(consult, 36));
    }

    private Path path(long consult, String item) {
        if (!item.matches("[A-Za-z0-9_-]{1,64}")) {
            throw new IllegalArgumentException("an item's id is base64url");
        }
        return folder(consult).resolve(item);
    }

    private static String name(long consult, String item) {
        return Long.toString(consult, 36) + "/" + item;
    }

    private static Set<String> names(Path folder) throws IOException {
        Set<String> names = new HashSet<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!name.endsWith(TEMPORARY)) {
                    names.add(name);
                }
            }
        } catch (NotDirectoryException | java.nio.file.NoSuchFileException e) {
            return names;
        }
        return names;
    }

    private static void makePrivate(@org.jspecify.annotations.Nullable Path folder) throws IOException {
        if (folder != null && !Files.isDirectory(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    private <T> CompletableFuture<T> run(Callable<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return work.call();
                    } catch (IOException e) {
                        throw new CompletionException(failed(e));
                    } catch (RuntimeException e) {
                        throw e;
                    } catch (Exception e) {
                        throw new CompletionException(e);
                    }
                },
                thread);
    }

    private static StoreException failed(IOException e) {
        String text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (text.contains("no space left") || text.contains("quota exceeded")) {
            return new StoreException(StoreException.Reason.DISK_FULL, e);
        }
        LOG.error("a stored file failed", e);
        return new StoreException(StoreException.Reason.BROKEN, e);
    }
}
