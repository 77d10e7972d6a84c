package org.raabta.bench.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.raabta.bench.emulator.VirtualLink.MS;
import static org.raabta.bench.emulator.VirtualLink.S;
import static org.raabta.bench.emulator.VirtualLink.plain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raabta.bench.link.Link;
import org.raabta.bench.link.LinkDirection.Loss;
import org.raabta.bench.link.Links;

/** What a link loses, how, and that a seed decides it. */
class LinkLossTest {
    private static final long SEED = 20260103;
    /** Two-sided, one test in 3000 would miss it if the seed were not fixed. */
    private static final double SIGMAS = 3.6;

    @Test
    void independentLossLiesInItsConfidenceInterval() {
        VirtualLink run = new VirtualLink(Links.shipped("loss-20"), SEED);
        run.sendSteadily(Way.DOWN, 100, 10 * MS, 500 * S);
        run.sendSteadily(Way.UP, 100, 10 * MS, 500 * S);
        run.time.runUntil(501 * S);
        for (Way way : Way.values()) {
            double lost = 1 - run.arrivals(way).size() / 50_000.0;
            assertThat(lost)
                    .as("%s, seed %d", way, SEED)
                    .isCloseTo(0.2, within(SIGMAS * Math.sqrt(0.2 * 0.8 / 50_000)));
        }
    }

    @ParameterizedTest
    @CsvSource({"0.02, 150, 10", "0.02, 150, 100", "0.005, 100, 20", "0.01, 50, 20"})
    void burstsCoverTheirShareOfTheTimeWhoeverSendsHowMuch(double share, long burstMs, long everyMs) {
        Loss loss = new Loss(share, Duration.ofMillis(burstMs));
        long seconds = 6_000;
        VirtualLink run = new VirtualLink(plain(it -> VirtualLink.withLoss(it, loss)), SEED);
        run.sendSteadily(Way.UP, 20, everyMs * MS, seconds * S);
        run.time.runUntil((seconds + 1) * S);
        double lost = 1 - run.arrivals.size() * everyMs / (seconds * 1000.0);
        // A chain with exponential times forgets itself within bad * good / (bad + good).
        double memorySeconds = burstMs / 1000.0 * (1 - share);
        double sd = Math.sqrt(share * (1 - share) * 2 * memorySeconds / seconds + share / (seconds * 1000.0 / everyMs));
        assertThat(lost).as("seed %d", SEED).isCloseTo(share, within(SIGMAS * sd));
        if (everyMs < burstMs / 5) {
            List<Integer> runs = lostRuns(run);
            double meanMs = runs.stream().mapToInt(Integer::intValue).average().orElseThrow() * everyMs;
            // A burst is seen as the packets in it: the shortest, seen by none, leave the mean where it was for the
            // rest.
            double expectedMs = everyMs / (1 - Math.exp(-everyMs / (double) burstMs));
            assertThat(meanMs)
                    .as("seed %d", SEED)
                    .isCloseTo(expectedMs, within(SIGMAS * expectedMs / Math.sqrt(runs.size())));
        }
    }

    private static List<Integer> lostRuns(VirtualLink run) {
        List<Integer> runs = new ArrayList<>();
        int length = 0;
        for (LinkEvent event : run.link.log().events(Way.UP)) {
            if (event.fate() instanceof Fate.Dropped) {
                length++;
            } else if (length > 0) {
                runs.add(length);
                length = 0;
            }
        }
        return runs;
    }

    @ParameterizedTest
    @CsvSource({"gprs-rural", "edge-congested", "loss-20", "umts-r99", "fallback-drive"})
    void theSameSeedDecidesTheSame(String name) {
        assertThat(decisions(name, SEED)).isEqualTo(decisions(name, SEED));
        assertThat(decisions(name, SEED)).isNotEqualTo(decisions(name, SEED + 1));
    }

    private static List<LinkEvent> decisions(String name, long seed) {
        VirtualLink run = new VirtualLink(Links.shipped(name), seed);
        run.sendSteadily(Way.DOWN, 300, 40 * MS, 200 * S);
        run.sendSteadily(Way.UP, 100, 30 * MS, 200 * S);
        run.time.runUntil(300 * S);
        return run.link.log().events();
    }

    @Test
    void theDirectionsLoseApart() {
        Link settings = Links.shipped("loss-20");
        VirtualLink run = new VirtualLink(settings, SEED);
        run.sendSteadily(Way.DOWN, 100, 10 * MS, 10 * S);
        run.sendSteadily(Way.UP, 100, 10 * MS, 10 * S);
        run.time.runUntil(11 * S);
        assertThat(run.arrivals(Way.DOWN).stream()
                        .map(VirtualLink.Arrival::number)
                        .toList())
                .as("seed %d", SEED)
                .isNotEqualTo(run.arrivals(Way.UP).stream()
                        .map(VirtualLink.Arrival::number)
                        .toList());
    }

    @Test
    void whatIsLostOnTheAirHasUsedItsTime() {
        Loss everything = new Loss(1, Duration.ZERO);
        VirtualLink run = new VirtualLink(plain(it -> VirtualLink.withLoss(it, everything)), SEED);
        run.sendSteadily(Way.UP, 125, 10 * MS, S);
        run.time.runUntil(2 * S);
        assertThat(run.arrivals).isEmpty();
        assertThat(run.link.samples(Way.UP, Duration.ofSeconds(2), Duration.ofSeconds(2)))
                .first()
                .satisfies(sample -> {
                    assertThat(sample.wireKbps()).isEqualTo(50);
                    assertThat(sample.drops()).isEqualTo(100);
                });
    }

    @Test
    void aMiddleboxLetsEverythingButUdpThrough() {
        EmulatedLink link = EmulatedLink.running(Links.shipped("udp-blocked"), SEED, 0);
        assertThat(link.offer(Way.UP, Transport.UDP, 100, 7)).isEqualTo(new Fate.Dropped(Drop.UDP_BLOCKED, 7));
        assertThat(link.offer(Way.UP, Transport.TCP, 100, 7)).isInstanceOf(Fate.Delivered.class);
        assertThat(link.offer(Way.DOWN, Transport.OTHER, 100, 7)).isInstanceOf(Fate.Delivered.class);
    }
}
