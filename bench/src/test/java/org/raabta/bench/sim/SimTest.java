package org.raabta.bench.sim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.raabta.bench.link.Link;
import org.raabta.bench.link.Links;
import org.raabta.bench.report.DirectionResult;
import org.raabta.bench.report.ResultFile;
import org.raabta.bench.report.RunResult;

class SimTest {
    private static final int SECONDS = 40;

    @TempDir
    Path directory = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({
        "cliff, talk, 1",
        "cliff, half-talk, 2",
        "gprs-lossy, talk, 3",
        "edge-congested, half-talk, 4",
        "fallback-drive, talk, 5",
        "outage-15, talk, 6",
        "loss-20, talk, 7",
        "umts-r99, talk, 8"
    })
    void theSameSeedGivesTheSameBytes(String link, String scenario, String seed) throws IOException {
        assertThat(json("a", link, scenario, seed)).isEqualTo(json("b", link, scenario, seed));
    }

    @Test
    void anotherSeedIsAnotherRun() throws IOException {
        assertThat(samples("a", "gprs-lossy", "talk", "1")).isNotEqualTo(samples("b", "gprs-lossy", "talk", "2"));
    }

    @Test
    void nothingIsMissingOnACleanLink() throws IOException {
        RunResult run = run("clean-fast", "--link", "clean-fast", "--seconds", "60");
        for (DirectionResult direction : run.directions().values()) {
            // Pictures leave in bursts, and until the first of them the jitter buffer has nothing to wait for.
            assertThat(direction.concealedRatio()).isLessThan(0.002);
            assertThat(direction.longestGapMs()).isLessThan(60);
            assertThat(direction.brokenSeconds()).isZero();
            assertThat(requireNonNull(direction.mouthToEarMs()).p50()).isBetween(100.0, 250.0);
            // A talking face at 30 pictures a second and 24 kbps of Opus, with their headers.
            assertThat(requireNonNull(direction.wireKbps()).mean()).isBetween(300.0, 1200.0);
            assertThat(requireNonNull(requireNonNull(direction.video()).kbps())).isGreaterThan(250);
        }
    }

    /** What the media of a plain call cost there breaks nearly every second. */
    @Test
    void voiceLivesOnGprs() throws IOException {
        RunResult run = run("gprs-thin", "--link", "gprs-thin", "--seconds", "60");
        assertThat(up(run).brokenSeconds()).isLessThan(10);
        assertThat(requireNonNull(up(run).wireKbps()).mean()).isBetween(8.0, 12.0);
        assertThat(requireNonNull(up(run).samples()))
                .allSatisfy(sample -> assertThat(sample.estimateKbps()).isNotNull());
    }

    @ParameterizedTest
    @MethodSource("links")
    void everyShippedLinkCanBeSimulated(String link) throws IOException {
        RunResult run = run("any", "--link", link, "--scenario", "half-talk", "--seconds", "120", "--seed", "9");
        assertThat(run.directions()).containsOnlyKeys(RunResult.UP, RunResult.DOWN);
        run.directions().values().forEach(direction -> {
            assertThat(direction.samples()).hasSize(120);
            assertThat(direction.wireBytes()).isPositive();
        });
    }

    /** Pictures that wait for a narrow link ask the estimator, and its own deadline was overlooked by that. */
    @Test
    void theLoopDoesNotSpinWhilePicturesWait() throws IOException {
        RunResult run =
                run("spin", "--link", "edge-congested", "--scenario", "half-talk", "--seconds", "12", "--seed", "9");
        assertThat(run.partial()).isFalse();
    }

    private static Stream<String> links() {
        return Links.shipped().stream().filter(link -> !link.udpBlocked()).map(Link::name);
    }

    @Test
    void aFigureThatIsNotSimulatedIsAbsent() throws IOException {
        RunResult run = run("short", "--link", "hspa-avg", "--seconds", "3");
        assertThat(run.machine()).isNull();
        assertThat(run.join()).isNull();
        assertThat(up(run).estoi()).isNull();
        assertThat(json(directory.resolve("short"))).doesNotContain("\"estoi\"").doesNotContain("\"join\"");
    }

    /** A pin holds both ways: the pages stop their cameras when they are told, and sound flows. */
    @Test
    void aPinnedVoiceStopsBothCameras() throws IOException {
        RunResult run = run("pinned", "--link", "clean-fast", "--seconds", "20", "--pin", "voice");
        run.directions().values().forEach(direction -> {
            assertThat(direction.rungSeconds()).containsOnlyKeys("voice");
            assertThat(requireNonNull(direction.video()).kbps()).isZero();
            assertThat(requireNonNull(direction.wireKbps()).mean()).isGreaterThan(10);
        });
    }

    /** The command is obeyed: 6k in 120 ms with its headers is 9.3 kbps; feedback about the doctor's voice, which is not pinned, is the rest. */
    @Test
    void thinVoiceCostsWhatItCosts() throws IOException {
        RunResult run = run("voice", "--link", "gprs-good", "--seconds", "60", "--pin", "thin-voice");
        assertThat(requireNonNull(up(run).wireKbps()).mean()).isBetween(7.5, 15.0);
        assertThat(up(run).concealedRatio()).isLessThan(0.1);
    }

    @Test
    void theReportIsWrittenAndTheSpeedIsSaid() throws IOException {
        run("told", "--link", "edge-avg", "--seconds", "2");
        assertThat(directory.resolve("told/report.html")).isNotEmptyFile();
        assertThat(out.toString(UTF_8)).contains("report.html").contains("simulated seconds per wall second");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--link nowhere --out x | gprs-rural",
                "--out x | --link is missing",
                "--link cliff | --out is missing",
                "--link cliff --out x --rate 3 | unknown option --rate; known are --link, --out",
                "--link cliff --link cliff --out x | --link is given twice",
                "--link cliff --out | --out needs a value",
                "--link cliff --out x --seconds 0 | --seconds must be a whole number from 1",
                "--link cliff --out x --seed two | --seed must be a whole number",
                "--link cliff --out x --scenario sing | known are talk, half-talk",
                "--link cliff --out x --pin loud | known are video, low-video",
                "--link udp-blocked --out x | media over TCP is not simulated"
            })
    void wrongUsageIsNamed(String arguments, String said) {
        assertThat(Sim.run(List.of(arguments.split(" ")), stream(out), stream(err)))
                .isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains(said).contains("usage:");
    }

    private static DirectionResult up(RunResult run) {
        return requireNonNull(run.directions().get(RunResult.UP));
    }

    private RunResult run(String name, String... arguments) throws IOException {
        Path into = directory.resolve(name);
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--out", into.toString()));
        assertThat(Sim.run(all, stream(out), stream(err)))
                .as(err.toString(UTF_8))
                .isZero();
        return ResultFile.read(into);
    }

    private String json(String name, String link, String scenario, String seed) throws IOException {
        run(
                name,
                Stream.of("--link", link, "--scenario", scenario, "--seed", seed, "--seconds", "" + SECONDS)
                        .toArray(String[]::new));
        return json(directory.resolve(name));
    }

    private List<Object> samples(String name, String link, String scenario, String seed) throws IOException {
        json(name, link, scenario, seed);
        DirectionResult direction = up(ResultFile.read(directory.resolve(name)));
        return new ArrayList<>(Objects.requireNonNull(direction.samples()));
    }

    private static String json(Path directory) throws IOException {
        return Files.readString(directory.resolve(ResultFile.NAME));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, UTF_8);
    }
}
