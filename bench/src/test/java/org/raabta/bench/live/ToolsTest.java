package org.raabta.bench.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raabta.bench.live.LiveOptions.SystemKind;

class ToolsTest {
    @TempDir
    Path programs;

    @BeforeEach
    void allButJanus() throws IOException {
        for (String program : List.of("node", "chromium", "certutil", "espeak-ng", "nsenter")) {
            assertThat(Files.createFile(programs.resolve(program)).toFile().setExecutable(true))
                    .isTrue();
        }
    }

    @Test
    void whereJanusIsNotInstalledItIsNamedWithItsPackage() {
        assertThat(Tools.missing(SystemKind.JANUS, Browser.CHROMIUM, programs.toString()))
                .containsExactly("janus (Debian: apt-get install janus)");
    }

    @Test
    void theOtherSystemsNeedNoJanus() {
        assertThat(Tools.missing(SystemKind.RAABTA, Browser.CHROMIUM, programs.toString()))
                .isEmpty();
        assertThat(Tools.missing(SystemKind.P2P, Browser.CHROMIUM, "/nowhere:" + programs))
                .isEmpty();
    }

    @Test
    void theDoctorsFirefoxIsNeededUnderEitherName() throws IOException {
        assertThat(Tools.missing(SystemKind.RAABTA, Browser.FIREFOX, programs.toString()))
                .containsExactly("firefox-esr (Debian: apt-get install firefox-esr)");

        assertThat(Files.createFile(programs.resolve("firefox")).toFile().setExecutable(true))
                .isTrue();

        assertThat(Tools.missing(SystemKind.RAABTA, Browser.FIREFOX, programs.toString()))
                .isEmpty();
    }

    @Test
    void allThatIsMissingIsNamedAtOnce() {
        assertThat(Tools.missing(SystemKind.JANUS, Browser.CHROMIUM, "")).hasSize(6);
    }
}
