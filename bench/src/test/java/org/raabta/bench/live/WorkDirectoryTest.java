package org.raabta.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {
    @TempDir
    Path parent;

    @Test
    void whatAKilledRunLeftIsDeletedAndNothingElse() throws Exception {
        Process killed = new ProcessBuilder("true").start();
        killed.waitFor();
        Path orphan = Files.createDirectories(parent.resolve("raabta-live-" + killed.pid() + "-1"));
        Files.writeString(Files.createDirectories(orphan.resolve("deep")).resolve("file"), "x");
        Path alive = Files.createDirectory(
                parent.resolve("raabta-live-" + ProcessHandle.current().pid() + "-1"));
        Path foreign = Files.createDirectory(parent.resolve("raabta-live-of-somebody"));

        Path made = WorkDirectory.makeIn(parent);

        assertThat(orphan).doesNotExist();
        assertThat(alive).exists();
        assertThat(foreign).exists();
        assertThat(made).isEmptyDirectory();

        WorkDirectory.delete(made);
        assertThat(made).doesNotExist();
    }
}
