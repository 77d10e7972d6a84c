package org.raabta.signaling.events;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFilesTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @TempDir
    private Path data;

    private EventFiles open() throws Exception {
        return new EventFiles(data.resolve("events"), Duration.ofDays(30), () -> NOW);
    }

    private static String read(EventFiles files, long consult) throws Exception {
        return new String(files.read(consult).get(20, TimeUnit.SECONDS), StandardCharsets.UTF_8);
    }

    @Test
    void whatWasAddedIsReadAlsoAfterARestart() throws Exception {
        try (EventFiles files = open()) {
            files.append(7, "{\"a\":1}\n");
            files.append(8, "{\"b\":1}\n");
            assertThat(read(files, 7)).isEqualTo("{\"a\":1}\n");
            assertThat(read(files, 9)).isEmpty();
        }
        try (EventFiles files = open()) {
            files.append(7, "{\"a\":2}\n");
            assertThat(read(files, 7)).isEqualTo("{\"a\":1}\n{\"a\":2}\n");
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("events"))))
                .isEqualTo("rwx------");
    }

    @Test
    void aFullFileSaysSoOnceAndGrowsNoMore() throws Exception {
        try (EventFiles files = open()) {
            String line = "x".repeat((1 << 20) - 1) + "\n";
            for (int i = 0; i < 8; i++) {
                files.append(7, line);
            }
            String all = read(files, 7);
            assertThat(all).hasSizeLessThan(6 << 20).endsWith("\n{\"e\":\"full\"}\n");
            assertThat(all.indexOf("full")).isEqualTo(all.lastIndexOf("full"));
        }
    }

    @Test
    void oldFilesGoAndNewOnesStay() throws Exception {
        try (EventFiles files = open()) {
            files.append(7, "{}\n");
            files.append(8, "{}\n");
            assertThat(read(files, 8)).isNotEmpty();
            Files.setLastModifiedTime(data.resolve("events/7.jsonl"), FileTime.from(NOW.minus(Duration.ofDays(31))));
            Files.setLastModifiedTime(data.resolve("events/8.jsonl"), FileTime.from(NOW.minus(Duration.ofDays(29))));
            files.prune();
            assertThat(read(files, 7)).isEmpty();
            assertThat(read(files, 8)).isNotEmpty();
        }
    }

    @Test
    void aDiskThatFailsCostsEventsOnly() throws Exception {
        try (EventFiles files = open()) {
            Files.createDirectory(data.resolve("events/7.jsonl"));
            files.append(7, "{}\n");
            files.append(8, "{}\n");
            assertThat(read(files, 8)).isEqualTo("{}\n");
        }
    }
}
