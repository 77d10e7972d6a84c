package org.raabta.bench.material;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaterialCacheTest {
    @TempDir
    Path directory = Path.of("");

    private Path root = Path.of("");
    private Path into = Path.of("");
    private int made;

    @BeforeEach
    void directories() throws IOException {
        root = directory.resolve("cache");
        into = Files.createDirectory(directory.resolve("run"));
    }

    @Test
    void theSecondTimeNothingIsMade() throws Exception {
        fill("a", "sound");
        Files.writeString(into.resolve("file"), "overwritten by the run");
        fill("a", "not made");
        assertThat(into.resolve("file")).hasContent("sound");
        assertThat(made).isEqualTo(1);
        fill("b", "other");
        assertThat(into.resolve("file")).hasContent("other");
        assertThat(made).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"flipped", "cut", "gone", "sums gone", "sums cut", "sums empty"})
    void aDamagedEntryIsMadeAnew(String damage) throws Exception {
        fill("a", "sound");
        Path file = root.resolve("a").resolve("file");
        Path sums = root.resolve("a").resolve("sums");
        switch (damage) {
            case "flipped" -> Files.writeString(file, "sounD");
            case "cut" -> Files.writeString(file, "soun");
            case "gone" -> Files.delete(file);
            case "sums gone" -> Files.delete(sums);
            case "sums cut" -> Files.writeString(sums, "5");
            default -> Files.writeString(sums, "");
        }
        fill("a", "sound again");
        assertThat(made).isEqualTo(2);
        assertThat(into.resolve("file")).hasContent("sound again");
        fill("a", "not made");
        assertThat(made).isEqualTo(2);
    }

    @Test
    void whatFailedHalfWayIsNotThere() throws Exception {
        assertThatThrownBy(() -> cache(1000).fill(into, "a", half -> {
                    Files.writeString(half.resolve("file"), "so");
                    throw new IOException("no more room");
                }))
                .hasMessage("no more room");
        assertThat(root).isEmptyDirectory();
        assertThat(into).isEmptyDirectory();
        fill("a", "sound");
        assertThat(into.resolve("file")).hasContent("sound");
    }

    @Test
    void whatAKilledRunBeganIsDeletedAndWhatALivingOneBeganIsNot() throws Exception {
        Process killed = new ProcessBuilder("true").start();
        killed.waitFor();
        Path abandoned = Files.createDirectories(root.resolve("half-" + killed.pid() + "-1"));
        Path living = Files.createDirectories(
                root.resolve("half-" + ProcessHandle.current().pid() + "-1"));
        fill("a", "sound");
        assertThat(abandoned).doesNotExist();
        assertThat(living).exists();
    }

    @Test
    void beyondItsSizeTheLongestUnusedGo() throws Exception {
        // Each entry is 5 bytes of sound and 16 of sums at most: three fit.
        MaterialCache cache = cache(70);
        for (String key : List.of("a", "b", "c", "d")) {
            cache.fill(into, key, half -> Files.writeString(half.resolve("file"), "sound"));
            Files.setLastModifiedTime(root.resolve(key), FileTime.fromMillis(key.charAt(0) * 1000L));
        }
        try (Stream<Path> left = Files.list(root)) {
            assertThat(left.map(path -> path.getFileName().toString())).containsExactlyInAnyOrder("b", "c", "d");
        }
    }

    @Test
    void aKeyStandsForArgumentsAndCode() throws Exception {
        String key = recipe(1, "x").key();
        assertThat(recipe(1, "x").key()).isEqualTo(key).startsWith("kind-");
        assertThat(recipe(2, "x").key()).isNotEqualTo(key);
        assertThat(recipe(1, "y").key()).isNotEqualTo(key);
        assertThat(recipe(11, "x").key()).isNotEqualTo(recipe(1, "1x").key());
        assertThat(recipe(1, "x").madeBy(FacePicture.class).key())
                .isNotEqualTo(recipe(1, "x").madeBy(MjpegFile.class).key());
    }

    private static Recipe recipe(int number, String text) {
        return new Recipe("kind").with(number).with(text);
    }

    private MaterialCache cache(long mostBytes) {
        return new MaterialCache(root, mostBytes);
    }

    private void fill(String key, String content) throws Exception {
        cache(1000).fill(into, key, half -> {
            made++;
            Files.writeString(half.resolve("file"), content);
        });
    }
}
