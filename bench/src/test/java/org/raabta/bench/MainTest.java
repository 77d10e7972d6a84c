package org.raabta.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void anUnknownCommandListsTheKnownOnesAndFails() throws Exception {
        assertThat(run("lynx")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("unknown command").contains("links");
        assertThat(out.toString(UTF_8)).isEmpty();
    }

    @Test
    void linksAreListed() throws Exception {
        assertThat(run("links")).isZero();
        assertThat(out.toString(UTF_8)).contains("gprs-rural").contains("20/18");
    }

    @Test
    void simAndCompareSayHowTheyAreUsed() throws Exception {
        assertThat(run("sim")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("usage: bench sim");
        assertThat(run("compare")).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains("usage: bench compare");
    }

    @Test
    void helpIsNoMistake() throws Exception {
        assertThat(run("--help")).isZero();
        assertThat(out.toString(UTF_8)).contains("usage:");
    }

    private int run(String... args) throws Exception {
        return Main.run(args, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }
}
