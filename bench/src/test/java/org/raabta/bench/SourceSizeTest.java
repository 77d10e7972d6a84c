package org.raabta.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Small on purpose: about 400 lines a file is the aim, 500 is the wall. Says which files pass the aim. */
class SourceSizeTest {
    private static final int AIM_LINES = 400;
    private static final int WALL_LINES = 500;
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Set<String> BUILT = Set.of("target", "node_modules", "artifacts", ".git");

    @Test
    void noSourceFileIsLongerThanTheWall() throws IOException {
        Map<Path, Integer> lengths = lengths();
        assertThat(lengths).as("source files found under %s", REPOSITORY).hasSizeGreaterThan(50);
        lengths.forEach((file, lines) -> {
            if (lines > AIM_LINES) {
                System.out.println("long: " + lines + " lines in " + file);
            }
        });
        lengths.values().removeIf(lines -> lines <= WALL_LINES);
        assertThat(lengths).as("files of over %d lines", WALL_LINES).isEmpty();
    }

    private static Map<Path, Integer> lengths() throws IOException {
        Map<Path, Integer> lengths = new TreeMap<>();
        try (Stream<Path> files = Files.walk(REPOSITORY)) {
            for (Path file : files.filter(SourceSizeTest::isSource).toList()) {
                lengths.put(
                        REPOSITORY.relativize(file), Files.readAllLines(file).size());
            }
        }
        return lengths;
    }

    private static boolean isSource(Path path) {
        String name = path.getFileName().toString();
        if (!name.endsWith(".java") && !name.endsWith(".ts") && !name.endsWith(".mjs")) {
            return false;
        }
        for (Path part : REPOSITORY.relativize(path)) {
            if (BUILT.contains(part.toString())) {
                return false;
            }
        }
        return true;
    }
}
