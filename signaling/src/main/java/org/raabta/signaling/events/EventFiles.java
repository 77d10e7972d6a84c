package org.raabta.signaling.events;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One file of JSON lines for each consultation. A disk that fails costs events and never a call. */
public final class EventFiles implements AutoCloseable {
    /** Where a file stops growing: some six hours of a call of two. */
    public static final long MOST_BYTES = 4 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(EventFiles.class);
    private static final String SUFFIX = ".jsonl";
    private static final String FULL = "{\"e\":\"full\"}\n";

    private final Path directory;
    private final Duration keep;
    private final InstantSource clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "events"));
    private boolean failing;

    /**
     * @param directory made if it is not there
     * @param keep      a file that nothing was added to for so long is deleted
     */
    public EventFiles(Path directory, Duration keep, InstantSource clock) throws IOException {
        this.directory = directory;
        this.keep = keep;
        this.clock = clock;
        // Who talked to whom and when is in there: for the server's owner only, like the records.
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        var unused = thread.scheduleWithFixedDelay(this::prune, 0, 1, TimeUnit.HOURS);
    }

    /** Adds whole lines; nothing is added to a file that is full. */
    public void append(long consult, String lines) {
        thread.execute(() -> {
            try {
                write(file(consult), lines);
                failing = false;
            } catch (IOException e) {
                if (!failing) {
                    LOG.error("cannot write the event log; said once until it works again", e);
                }
                failing = true;
            }
        });
    }

    /** Everything that was added before this call; empty if there is nothing. */
    public CompletableFuture<byte[]> read(long consult) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return Files.readAllBytes(file(consult));
                    } catch (NoSuchFileException e) {
                        return new byte[0];
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                },
                thread);
    }

    /** Deletes what is too old; runs by itself every hour. */
    void prune() {
        Instant oldest = clock.instant().minus(keep);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (Path file : files) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            LOG.error("cannot delete old event logs", e);
        }
    }

    /** Finishes what is queued, for at most five seconds. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("the event log did not finish in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void write(Path file, String lines) throws IOException {
        long size = Files.exists(file) ? Files.size(file) : 0;
        if (size > MOST_BYTES) {
            return;
        }
        byte[] bytes = lines.getBytes(StandardCharsets.UTF_8);
        byte[] last = size + bytes.length > MOST_BYTES ? FULL.getBytes(StandardCharsets.UTF_8) : new byte[0];
        byte[] all = java.util.Arrays.copyOf(bytes, bytes.length + last.length);
        System.arraycopy(last, 0, all, bytes.length, last.length);
        Files.write(file, all, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private Path file(long consult) {
        return directory.resolve(Long.toString(consult, 36) + SUFFIX);
    }
}
