package org.raabta.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class ReportTest {
    @Test
    void theVerdictFollowsTheWorseDirection() {
        assertThat(Verdict.of(run(60, 0, 60, 1)).grade()).isEqualTo(Verdict.Grade.GOOD);
        assertThat(Verdict.of(run(60, 0, 60, 4)).grade()).isEqualTo(Verdict.Grade.FAIR);
        assertThat(Verdict.of(run(60, 12, 60, 0)).grade()).isEqualTo(Verdict.Grade.POOR);
        assertThat(Verdict.of(run(60, 54, 60, 53)).headline()).isEqualTo("This call does not work.");
        assertThat(Verdict.of(ResultFileTest.bare()).grade()).isEqualTo(Verdict.Grade.UNKNOWN);
        assertThat(Verdict.of(run(60, 0, 60, 1)).sentences().get(1)).contains("1 broken second of 60");
        assertThat(Verdict.gradeOf(ResultFileTest.withBroken(60, 0, new DirectionResult.Spread(1500, 1600))))
                .isEqualTo(Verdict.Grade.FAIR);
        assertThat(List.of(
                        Verdict.delayWord(400),
                        Verdict.delayWord(800),
                        Verdict.delayWord(1200),
                        Verdict.delayWord(1201)))
                .containsExactly("good", "slow", "very slow", "only for push-to-talk");
    }

    @Test
    void thePageStandsAloneAndSaysWhatMatters() {
        String page = Report.page(SampleRuns.raabtaOnCliff(), List.of(SampleRuns.plainOnCliff()));
        assertThat(page)
                .contains("<h1", "Beside it, <b>p2p</b>", "Broken seconds", "Scores, patient → doctor", "528b4f2");
        assertThat(page)
                .doesNotContain("http://", "https://", "src=", "@import", "url(")
                .doesNotContain("class=\"warning\"");
        // The starved and partial run says so before it says anything else.
        String starved = Report.page(SampleRuns.starvedAndPartial(), List.of());
        assertThat(starved).contains("Browsers lost 1840 ms of audio time", "This run is partial");
        assertThat(starved.indexOf("class=\"warning\"")).isLessThan(starved.indexOf("<h1"));
    }

    @Test
    void everyTimeLineIsWellFormedAndInsideItsAxis() throws Exception {
        List<Column> columns = Column.named(
                List.of(SampleRuns.raabtaOnCliff(), SampleRuns.plainOnCliff(), SampleRuns.starvedAndPartial()));
        int drawn = 0;
        for (String page : List.of(
                Report.page(SampleRuns.raabtaOnCliff(), List.of()),
                Report.page(SampleRuns.starvedAndPartial(), List.of()),
                Report.comparison(columns))) {
            Matcher svg = Pattern.compile("<svg.*?</svg>", Pattern.DOTALL).matcher(page);
            while (svg.find()) {
                Document document = DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(svg.group())));
                NodeList rects = document.getElementsByTagName("rect");
                for (int i = 0; i < rects.getLength(); i++) {
                    Element rect = (Element) rects.item(i);
                    double x = Double.parseDouble(rect.getAttribute("x"));
                    double end = x + Double.parseDouble(rect.getAttribute("width"));
                    assertThat(x).isGreaterThanOrEqualTo(Timeline.LEFT - 0.1);
                    assertThat(end).isLessThanOrEqualTo(Timeline.RIGHT + 0.2);
                }
                assertThat(svg.group()).doesNotContain("NaN", "Infinity");
                drawn++;
            }
        }
        assertThat(drawn).isEqualTo(6);
    }

    @Test
    void brokenSecondsAreDrawnWhereTheyWere() {
        RunResult run = SampleRuns.raabtaOnCliff();
        DirectionResult up = run.directions().get(RunResult.UP);
        String svg = Timeline.svg(List.of(new Timeline.Line("a", 0, java.util.Objects.requireNonNull(up))));
        Matcher rect = Pattern.compile("<rect class=\"broken\" x=\"([0-9.]+)\"").matcher(svg);
        List<Integer> seconds = new ArrayList<>();
        while (rect.find()) {
            double share = (Double.parseDouble(rect.group(1)) - Timeline.LEFT) / (Timeline.RIGHT - Timeline.LEFT);
            seconds.add((int) Math.round(share * 120));
        }
        List<Integer> expected = new ArrayList<>();
        for (DirectionResult.Sample sample : java.util.Objects.requireNonNull(up.samples())) {
            if (Boolean.TRUE.equals(sample.broken())) {
                expected.add((int) (sample.atMs() / 1000));
            }
        }
        assertThat(expected).isNotEmpty();
        assertThat(seconds).isEqualTo(expected);
    }

    @Test
    void theBrowsersAreNamedAndWhatOneOfThemDoesNotTell() {
        assertThat(Report.page(SampleRuns.raabtaOnCliff(), List.of()))
                .contains("Chromium 156.0", "Mozilla Firefox 153.8.0esr")
                .doesNotContain("does not tell what it believes");
        assertThat(Report.page(SampleRuns.plainOnCliff(), List.of())).contains("does not tell what it believes");
    }

    @Test
    void namesFromFilesAreEscaped() {
        RunResult evil = new RunResult(
                1,
                false,
                "<script>alert(1)</script>",
                null,
                null,
                null,
                "\"><img>",
                null,
                "talk",
                10,
                null,
                null,
                Map.of(),
                null,
                null);
        assertThat(Report.page(evil, List.of(evil))).doesNotContain("<script>alert", "<img");
        assertThat(Report.comparison(Column.named(List.of(evil, evil)))).doesNotContain("<script>alert", "<img");
    }

    @Test
    void aRunWithNothingMeasuredStillHasAPage() {
        String page = Report.page(ResultFileTest.bare(), List.of());
        assertThat(page)
                .contains("Nothing was heard that could be judged", "partial", "not measured")
                .doesNotContain("<svg", ">0<");
    }

    @Test
    void namesTellRunsApartByWhatDiffers() {
        RunResult a = SampleRuns.raabtaOnCliff();
        assertThat(labels(a, SampleRuns.plainOnCliff())).containsExactly("raabta", "p2p");
        assertThat(labels(a, a, a)).containsExactly("raabta", "raabta (2)", "raabta (3)");
        assertThat(labels(SampleRuns.plainOnCliff(), ResultFileTest.bare())).containsExactly("cliff", "gprs-thin");
    }

    @Test
    void theBestFigureIsMarked() {
        List<ScoreTable.Row> rows = ScoreTable.rows(
                Column.named(List.of(SampleRuns.raabtaOnCliff(), SampleRuns.plainOnCliff())), RunResult.UP);
        ScoreTable.Row broken = rows.get(0);
        assertThat(broken.isBest(0)).isTrue();
        assertThat(broken.isBest(1)).isFalse();
        ScoreTable.Row estoi = rows.stream()
                .filter(r -> r.label().equals("Intelligibility"))
                .findFirst()
                .orElseThrow();
        assertThat(estoi.isBest(0)).isTrue();
        ScoreTable.Row wire = rows.stream()
                .filter(r -> r.label().equals("Wire rate, mean"))
                .findFirst()
                .orElseThrow();
        assertThat(wire.isBest(0) || wire.isBest(1)).isFalse();
    }

    @Test
    void compareWritesATableAndAPage(@TempDir Path directory) throws IOException {
        Report.write(directory.resolve("a"), SampleRuns.raabtaOnCliff(), List.of());
        Report.write(directory.resolve("b"), SampleRuns.plainOnCliff(), List.of());
        Path page = directory.resolve("c.html");
        Outcome outcome = compare(
                directory.resolve("a").toString(), directory.resolve("b").toString(), "--out", page.toString());
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.status()).isZero();
        assertThat(outcome.out()).contains("patient>doctor", "Broken seconds", "p2p", "report " + page);
        assertThat(Files.readString(page)).contains("2 runs side by side");
    }

    @Test
    void compareRefusesWhatItCannotRead(@TempDir Path directory) throws IOException {
        Report.write(directory.resolve("a"), SampleRuns.raabtaOnCliff(), List.of());
        String a = directory.resolve("a").toString();
        assertThat(compare(a).err()).contains("usage: bench compare DIR DIR");
        assertThat(compare(a, directory.resolve("none").toString()).err()).contains("holds no result.json");
        assertThat(compare(a, "--what").err()).contains("unknown option --what");
        assertThat(compare(a, a, "--out").err()).contains("--out needs a file");
        assertThat(compare(a).status()).isEqualTo(2);
    }

    private record Outcome(int status, String out, String err) {}

    private static Outcome compare(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Compare.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Outcome(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static List<String> labels(RunResult... runs) {
        return Column.named(List.of(runs)).stream().map(Column::label).toList();
    }

    private static RunResult run(int upSeconds, int upBroken, int downSeconds, int downBroken) {
        return new RunResult(
                1,
                false,
                "raabta",
                null,
                null,
                null,
                "cliff",
                null,
                "talk",
                upSeconds,
                null,
                null,
                Map.of(
                        RunResult.UP, ResultFileTest.withBroken(upSeconds, upBroken, null),
                        RunResult.DOWN, ResultFileTest.withBroken(downSeconds, downBroken, null)),
                null,
                null);
    }
}
