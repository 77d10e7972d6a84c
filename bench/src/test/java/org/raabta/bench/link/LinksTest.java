package org.raabta.bench.link;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raabta.bench.link.LinkDirection.Limit;
import org.raabta.bench.link.LinkDirection.Loss;
import org.raabta.bench.link.LinkDirection.Rate;
import org.raabta.bench.link.LinkDirection.Stalls;

class LinksTest {
    private static final String DIRECTIONS = """
            down { rate = 20 kbps, base-delay = 10 ms, queue = 1 s }
            up { rate = 1.5 Mbps, base-delay = 15 ms, queue = 500 ms }
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void everyFileThatShipsIsListedAndStartsWithItsBasis() throws IOException {
        Path resources = Path.of("src/main/resources/links");
        try (Stream<Path> files = Files.list(resources)) {
            List<String> names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".conf"))
                    .map(name -> name.substring(0, name.length() - ".conf".length()))
                    .toList();
            assertThat(Links.shipped()).extracting(Link::name).containsExactlyInAnyOrderElementsOf(names);
            for (String name : names) {
                assertThat(Files.readString(resources.resolve(name + ".conf"))).startsWith("# Basis: ");
            }
        }
    }

    /** Figures of the design's table: kbps down and up, base round trip, queue down and up in ms. */
    @ParameterizedTest
    @CsvSource({
        "gprs-rural, 20, 18, 1300, 4000, 4000",
        "gprs-urban, 35, 32, 1300, 4000, 4000",
        "gprs-thin, 30, 12, 700, 3200, 4000",
        "gprs-lossy, 30, 20, 1000, 3000, 3000",
        "gprs-good, 50, 30, 1000, 3000, 3000",
        "edge-avg, 240, 200, 840, 2000, 2000",
        "edge-lossy, 150, 100, 1000, 2000, 2000",
        "umts-r99, 384, 64, 200, 3000, 3000",
        "hspa-avg, 780, 330, 200, 2000, 2000",
        "hspa-lossy, 900, 200, 380, 3000, 3000",
        "clean-fast, 4000, 2000, 60, 500, 500",
        "loss-20, 2000, 800, 100, 500, 500",
        "cliff, 780, 330, 200, 2000, 2000",
        "udp-blocked, 240, 200, 840, 2000, 2000"
    })
    void constantLinksHaveTheirFigures(String name, int down, int up, int rtt, int queueDown, int queueUp) {
        Link.Conditions start = Links.shipped(name).start();
        assertThat(start.down().rate()).isEqualTo(new Rate.Constant(down * 1000L));
        assertThat(start.up().rate()).isEqualTo(new Rate.Constant(up * 1000L));
        assertThat(start.baseRoundTrip()).isEqualTo(Duration.ofMillis(rtt));
        assertThat(start.down().queue()).isEqualTo(new Limit.Time(Duration.ofMillis(queueDown)));
        assertThat(start.up().queue()).isEqualTo(new Limit.Time(Duration.ofMillis(queueUp)));
    }

    @Test
    void aRuralLinkStallsLosesAndPauses() {
        Link.Conditions start = Links.shipped("gprs-rural").start();
        assertThat(start.up().stalls())
                .contains(new Stalls(Duration.ofSeconds(6), new Stalls.Length.Exponential(Duration.ofMillis(300))));
        assertThat(start.up().loss()).contains(new Loss(0.02, Duration.ofMillis(150)));
        assertThat(start.gaps()).contains(new Link.Gaps(Duration.ofSeconds(1), Duration.ofSeconds(60)));
    }

    @Test
    void aCliffIsASequenceOfOtherLinks() {
        Link.Script script = Links.shipped("cliff").script();
        assertThat(script.repeat()).isEmpty();
        assertThat(script.steps())
                .extracting(Link.Step::at)
                .containsExactly(Duration.ofSeconds(30), Duration.ofSeconds(60), Duration.ofSeconds(90));
        assertThat(script.steps().get(0).becomes())
                .contains(Links.shipped("gprs-urban").start());
    }

    @Test
    void aScheduleAWalkAndATraceAreRead() throws IOException {
        Files.writeString(directory.resolve("a.trace"), "0\n3\n3\n20\n");
        Link link = read("""
                about = x
                down { base-delay = 1 ms, queue = 1 s, overhead = 8 B, rate { trace = "a.trace", opportunity = 100 B } }
                up { base-delay = 1 ms, queue = 9000 B, rate { schedule = [{ at = 0 s, rate = 8 kbps }], repeat = 9 s } }
                udp = blocked
                """);
        assertThat(link.start().down().rate()).isEqualTo(new Rate.Trace("a.trace", 100, List.of(0L, 3L, 3L, 20L)));
        assertThat(link.start().down().overheadBytes()).isEqualTo(8);
        assertThat(link.start().up().queue()).isEqualTo(new Limit.Bytes(9000));
        assertThat(link.start().up().rate())
                .isEqualTo(new Rate.Schedule(
                        List.of(new Rate.Point(Duration.ZERO, 8_000)), Optional.of(Duration.ofSeconds(9))));
        assertThat(link.udpBlocked()).isTrue();
        assertThat(Links.shipped("edge-congested").start().up().rate())
                .isEqualTo(new Rate.Walk(40_000, 0.3, 1.5, Duration.ofSeconds(1)));
    }

    @Test
    void anUnknownNameListsTheKnownOnes() {
        assertThatThrownBy(() -> Links.shipped("gprs-moon"))
                .isInstanceOf(UnknownLinkException.class)
                .hasMessageContaining("gprs-rural")
                .hasMessageContaining("udp-blocked");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "about = x                          | 1 | down",
                "about = x;like = gprs-moon         | 2 | like",
                "about = x;like = cliff;gaps { }    | 3 | gaps",
                "about = x;DIRECTIONS;speed = 3     | 4 | speed",
                "about = x;DIRECTIONS;udp = maybe   | 4 | udp",
                "about = x;DIRECTIONS;steps = 3     | 4 | steps",
                "about = x;DIRECTIONS;steps = [{ at = soon }] | 4 | steps[0].at",
                "about = x;DIRECTIONS;steps = [{ at = 2 s },{ at = 1 s }] | 4 | steps",
                "about = x;DIRECTIONS;gaps { length = 1 s } | 4 | gaps.every",
                "about = x;DIRECTIONS;up.rate = fast | 4 | up.rate",
                "about = x;DIRECTIONS;up.loss { percent = 101 } | 4 | up.loss.percent",
                "about = x;DIRECTIONS;up.overhead = 3 kB | 4 | up.overhead",
                "about = x;DIRECTIONS;up.queue = 3 minutes | 4 | up.queue",
                "about = x;DIRECTIONS;up { rate { schedule = [] } } | 4 | up.rate.schedule",
                "about = x;DIRECTIONS;up = 7 | 4 | up",
                "about = x;DIRECTIONS;up.rate = 0 kbps | 4 | up.rate",
                "about = x;DIRECTIONS;up.rate = { middle = 9 kbps, lowest = 0, highest = 2, every = 1 s } | 4 | up.rate.lowest",
                "about = x;DIRECTIONS;up.rate = { middle = 9 kbps, lowest = 1, highest = 2, every = 0 s } | 4 | up.rate.every",
                "about = x;DIRECTIONS;up.rate = { trace = a, opportunity = 0 B } | 4 | up.rate.opportunity",
                "about = x;DIRECTIONS;up.rate = { schedule = [{ at = 0 s, rate = 1 bps },{ at = 0 s, rate = 2 bps }] } | 4 | up.rate.schedule",
                "about = x;DIRECTIONS;up.rate = { schedule = [{ at = 0 s, rate = 1 bps },{ at = 3 s, rate = 2 bps }], repeat = 2 s } | 4 | up.rate.repeat",
                "about = x;DIRECTIONS;up.stalls { every = 0 s, mean = 1 s } | 4 | up.stalls.every",
                "about = x;DIRECTIONS;up.stalls { every = 9 s, from = 2 s, to = 1 s } | 4 | up.stalls.to",
                "about = x;DIRECTIONS;gaps { length = 2 s, every = 1 s } | 4 | gaps.every",
                "about = x;DIRECTIONS;repeat = 1 s;steps = [{ at = 2 s, outage = 1 s }] | 4 | repeat"
            })
    void whatIsWrongIsNamedByLineAndKey(String text, int line, String key) {
        assertThatThrownBy(() -> read(text.replace(";", "\n").replace("DIRECTIONS\n", DIRECTIONS)))
                .isInstanceOf(LinkFileException.class)
                .hasMessageContaining("my.conf: " + line + ": " + key + ": ");
    }

    @ParameterizedTest
    @CsvSource({
        "3;2, line 2: the times go back",
        "3;x, line 2: expected a whole number",
        "0;0, a delivery opportunity after 0 ms",
        "missing, cannot read a.trace"
    })
    void aBrokenTraceIsNamedByKeyAndLine(String lines, String why) throws IOException {
        if (!lines.equals("missing")) {
            Files.writeString(directory.resolve("a.trace"), lines.replace(";", "\n"));
        }
        assertThatThrownBy(
                        () -> read("about = x\n" + DIRECTIONS + "up.rate = { trace = a.trace, opportunity = 100 B }"))
                .isInstanceOf(LinkFileException.class)
                .hasMessageContaining("my.conf: 4: up.rate.trace: ")
                .hasMessageContaining(why);
    }

    @Test
    void brokenSyntaxIsNamedByLine() {
        assertThatThrownBy(() -> read("about = x\ndown {"))
                .isInstanceOf(LinkFileException.class)
                .hasMessageContaining("my.conf: 2: ");
    }

    @Test
    void theTableIsAlignedAndNamesEveryLink() {
        List<String> lines = LinkTable.of(Links.shipped()).lines().toList();
        assertThat(lines).hasSize(Links.shipped().size() + 1);
        int column = lines.get(0).indexOf("RTT ms");
        assertThat(lines).allSatisfy(line -> {
            assertThat(line.charAt(column)).isNotEqualTo(' ');
            assertThat(line.charAt(column - 1)).isEqualTo(' ');
        });
    }

    private Link read(String text) throws IOException {
        return Links.ofFile(Files.writeString(directory.resolve("my.conf"), text, UTF_8));
    }
}
