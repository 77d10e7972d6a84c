package org.raabta.bench.live;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where a run keeps what it needs while it goes on. Named after its process, so that one that was killed can be cleaned up after. */
final class WorkDirectory {
    private static final String PREFIX = "raabta-live-";

    private WorkDirectory() {}

    /** A new one; those of runs that were killed are deleted. */
    static Path make() throws IOException {
        return makeIn(Path.of(System.getProperty("java.io.tmpdir")));
    }

    static Path makeIn(Path parent) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path directory : all) {
                if (isOrphan(String.valueOf(directory.getFileName()))) {
                    delete(directory);
                }
            }
        }
        return Files.createTempDirectory(
                parent, PREFIX + ProcessHandle.current().pid() + "-");
    }

    private static boolean isOrphan(String name) {
        String pid = name.substring(PREFIX.length()).split("-", 2)[0];
        return pid.matches("[0-9]{1,10}")
                && ProcessHandle.of(Long.parseLong(pid)).isEmpty();
    }

    static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
