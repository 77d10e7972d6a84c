package org.raabta.bench.tune;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.raabta.bench.options.UsageException;

/** With {@code -Draabta.swarm=1000} a thousand calls; each line that is printed has the seed to repeat it with. */
class SwarmTest {
    private static final int CALLS = Integer.getInteger("raabta.swarm", 40);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(strings = {"default", "rural-2g", "motion"})
    void noCallBreaksAPromise(String profile) throws UsageException, InterruptedException {
        List<String> broken =
                Swarm.broken(CALLS, 1, 20, ProfileText.read(profile).parsed(), new PrintStream(err, true, UTF_8));
        assertThat(broken).isEmpty();
    }

    @Test
    void wrongUsageIsNamed() {
        assertThat(run("--calls", "0")).isEqualTo(2);
        assertThat(err.toString(UTF_8))
                .contains("--calls must be a whole number from 1")
                .contains("usage:");
    }

    @Test
    void theCommandSaysWhatItRan() {
        assertThat(run("--calls", "2", "--seconds", "5")).isZero();
        assertThat(out.toString(UTF_8)).contains("2 calls of 5 s from seed 1 on, broken promises in 0");
    }

    private int run(String... arguments) {
        return Swarm.run(List.of(arguments), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    }
}
