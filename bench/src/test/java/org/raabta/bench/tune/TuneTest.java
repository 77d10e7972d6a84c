package org.raabta.bench.tune;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raabta.adapter.profile.Profile;
import org.raabta.bench.options.UsageException;

class TuneTest {
    @TempDir
    Path directory = Path.of("");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void aSweepRunsEveryCombinationOnEveryLink() throws IOException {
        String page = sweep("a");
        assertThat(page)
                .contains("climb.hold=5 s growth.hold=1000 ms")
                .contains("gprs-good")
                .contains("<svg");
        assertThat(page.split("<rect ", -1)).hasSize(1 + 2 * 2 * 2);
        assertThat(page).doesNotContain("http");
        assertThat(sweep("b")).isEqualTo(page);
        assertThat(Files.readString(directory.resolve("a/result.json"))).contains("\"brokenShare\"");
    }

    private String sweep(String name) throws IOException {
        assertThat(sweep(
                        "--links",
                        "gprs-good,clean-fast",
                        "--set",
                        "climb.hold=5 s,10 s",
                        "--set",
                        "growth.hold=1000 ms,2500 ms",
                        "--seconds",
                        "4",
                        "--out",
                        "" + directory.resolve(name)))
                .as(err.toString(UTF_8))
                .isZero();
        return Files.readString(directory.resolve(name).resolve("report.html"));
    }

    @Test
    void aSearchWritesAProfileThatIsWithinItsBounds() throws IOException, UsageException {
        assertThat(tune(
                        "--knob",
                        "climb.hold=4..20",
                        "--budget",
                        "8",
                        "--seconds",
                        "4",
                        "--links",
                        "gprs-good",
                        "--held-out",
                        "edge-avg",
                        "--seeds",
                        "1",
                        "--out",
                        directory.toString()))
                .as(err.toString(UTF_8))
                .isZero();
        ProfileText tuned = ProfileText.read(directory.resolve("tuned.profile").toString());
        Profile parsed = tuned.parsed();
        assertThat(parsed.climb().holdMs()).isBetween(4_000.0, 20_000.0);
        assertThat(Files.readString(directory.resolve("report.html")))
                .contains("Learnt from")
                .contains("Held out")
                .contains("before: default");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--set climb.hopes=3 | climb.hopes: the profile default has no such key",
                "--set climb.hold=soon | climb.hold",
                "--set climb.hold | --set: expected key=v1,v2",
                "--links nowhere | --links: unknown link; known are",
                "--links udp-blocked | lets no UDP pass",
                "--profile nobody | --profile",
                "--seconds 0 | --seconds must be a whole number from 1"
            })
    void aWrongSweepIsNamed(String arguments, String said) {
        List<String> all = new ArrayList<>(List.of(arguments.split(" ")));
        all.addAll(List.of("--out", directory.toString()));
        assertThat(sweep(all.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains(said).contains("usage:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--budget 1 | --knob is missing",
                "--knob climb.hold=4 | --knob: expected key=from..to",
                "--knob climb.hold=9..4 | from must be below to",
                "--knob ladder.rungs=1..4 | its value is not one number",
                "--knob climb.hopes=1..4 | no such key"
            })
    void aWrongSearchIsNamed(String arguments, String said) {
        List<String> all = new ArrayList<>(List.of(arguments.split(" ")));
        all.addAll(List.of("--out", directory.toString()));
        assertThat(tune(all.toArray(String[]::new))).isEqualTo(2);
        assertThat(err.toString(UTF_8)).contains(said).contains("usage:");
    }

    @Test
    void fewerBrokenSecondsWinThenLessDelayThenMorePicture() {
        Score base = new Score(0.05, 500, 100, 0);
        assertThat(Score.OBJECTIVE.compare(new Score(0.02, 900, 0, 0), base)).isNegative();
        assertThat(Score.OBJECTIVE.compare(new Score(0.05, 400, 0, 0), base)).isNegative();
        assertThat(Score.OBJECTIVE.compare(new Score(0.05, 500, 200, 0), base)).isNegative();
        assertThat(Score.OBJECTIVE.compare(new Score(0.08, 400, 200, 0), base)).isPositive();
    }

    private int sweep(String... arguments) {
        return Sweep.run(List.of(arguments), stream(out), stream(err));
    }

    private int tune(String... arguments) {
        return Tune.run(List.of(arguments), stream(out), stream(err));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, UTF_8);
    }
}
