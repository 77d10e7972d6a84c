package org.raabta.bench.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.raabta.bench.Main;
import org.raabta.bench.link.Links;
import org.raabta.bench.report.DirectionResult;
import org.raabta.bench.report.ResultFile;
import org.raabta.bench.report.RunResult;
import org.raabta.bench.sim.model.Consultation;
import org.raabta.bench.sim.model.Plan;
import org.raabta.bench.sim.model.Scenario;
import org.raabta.signaling.profile.ProfileFiles;
import org.raabta.signaling.profile.UnusableProfileException;

/** However a simulation ends, what it measured is written. */
class SimEndTest {
    private static final long PATIENCE_SECONDS = 60;
    private static final SimScores.Made MADE = new SimScores.Made(Optional.of("Raabta 9"), Optional.of("abc"));

    @TempDir
    Path directory = Path.of("");

    @Test
    void aRunThatWasEndedIsTheBeginningOfTheWholeOne() throws UnusableProfileException {
        RunResult ended = result(40, 15);
        RunResult whole = result(40, 40);
        assertThat(ended.partial()).isTrue();
        assertThat(ended.seconds()).isEqualTo(15);
        assertThat(whole.partial()).isFalse();
        assertThat(whole.seconds()).isEqualTo(40);
        for (String direction : List.of(RunResult.UP, RunResult.DOWN)) {
            var samples = samples(ended, direction);
            assertThat(samples).hasSize(15);
            // The last one's queue and packets may end later.
            assertThat(samples.subList(0, 14))
                    .isEqualTo(samples(whole, direction).subList(0, 14));
        }
    }

    @Test
    void theResultSaysWhatMadeItAndWhatTheLinkAllowsAtBest() throws UnusableProfileException {
        RunResult run = result(2, 2);
        assertThat(run.floorMs()).isEqualTo(4000);
        assertThat(run.version()).isEqualTo("Raabta 9");
        assertThat(run.commit()).isEqualTo("abc");
    }

    private static List<DirectionResult.Sample> samples(RunResult run, String direction) {
        return requireNonNull(requireNonNull(run.directions().get(direction)).samples());
    }

    private static RunResult result(int seconds, int until) throws UnusableProfileException {
        Consultation held = new Consultation(new Plan(
                Links.shipped("cliff"), Scenario.TALK, seconds, 5, Optional.empty(), ProfileFiles.read("default")));
        held.run(second -> second < until);
        return SimScores.score(held, MADE);
    }

    /** The process is told its caller's folder as the launcher does. */
    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void aSignalLeavesAPartialResultInTheCallersFolder(String signal) throws Exception {
        Process bench = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Draabta.calledFrom=" + directory,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "sim",
                        "--link",
                        "cliff",
                        "--seconds",
                        "3600",
                        "--out",
                        "ended")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            BufferedReader says = bench.errorReader(UTF_8);
            assertThat(says.readLine()).contains("of 3600 s");
            assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(bench.pid()))
                            .start()
                            .waitFor())
                    .isZero();
            assertThat(says.lines()).anyMatch(line -> line.startsWith("partial: ended by a signal after "));
            assertThat(bench.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            bench.destroyForcibly();
        }
        assertThat(bench.exitValue()).isNotZero();
        RunResult result = ResultFile.read(directory.resolve("ended"));
        assertThat(result.partial()).isTrue();
        assertThat(result.seconds()).isBetween(1.0, 3599.0);
        assertThat(Files.readString(directory.resolve("ended").resolve("report.html")))
                .contains("This run is partial.");
    }
}
