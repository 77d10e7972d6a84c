package org.raabta.bench.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.raabta.bench.emulator.VirtualLink.MS;
import static org.raabta.bench.emulator.VirtualLink.S;
import static org.raabta.bench.emulator.VirtualLink.plain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.raabta.bench.emulator.VirtualLink.Arrival;
import org.raabta.bench.link.Link;
import org.raabta.bench.link.LinkDirection.Limit;
import org.raabta.bench.link.LinkDirection.Rate;
import org.raabta.bench.link.LinkDirection.Stalls;
import org.raabta.bench.link.Links;

/** What a link carries, against what its settings say. */
class LinkRateTest {
    private static final long SEED = 20260101;

    static Stream<Link> steadyLinks() {
        return Links.shipped().stream()
                .filter(link -> link.start().down().rate() instanceof Rate.Constant
                        && !link.udpBlocked()
                        && link.start().gaps().isEmpty()
                        && link.script().steps().isEmpty());
    }

    @ParameterizedTest
    @MethodSource("steadyLinks")
    void udpGetsTheRateWithinOnePercent(Link settings) {
        for (Way way : Way.values()) {
            VirtualLink run = new VirtualLink(settings, SEED);
            double bitsPerSecond = bitsPerSecond(settings, way);
            run.sendSteadily(way, 500, Math.round(500 * 8 * S / bitsPerSecond / 1.3), 300 * S);
            run.time.runUntil(300 * S);
            double carried = run.link.samples(way, Duration.ofMinutes(5), Duration.ofMinutes(5)).stream()
                    .mapToDouble(sample -> sample.wireKbps() * 1000)
                    .sum();
            assertThat(carried)
                    .as("%s %s", settings.name(), way)
                    .isCloseTo(bitsPerSecond, Percentage.withPercentage(1));
            if (settings.start().down().loss().isEmpty()) {
                assertThat(receivedBitsPerSecond(run.arrivals(way)))
                        .as("%s %s", settings.name(), way)
                        .isCloseTo(bitsPerSecond, Percentage.withPercentage(1));
            }
        }
    }

    private static double bitsPerSecond(Link settings, Way way) {
        Link.Conditions start = settings.start();
        return ((Rate.Constant) (way == Way.DOWN ? start.down() : start.up()).rate()).bitsPerSecond();
    }

    private static double receivedBitsPerSecond(List<Arrival> arrivals) {
        long nanos =
                arrivals.get(arrivals.size() - 1).atNanos() - arrivals.get(0).atNanos();
        return (arrivals.size() - 1) * arrivals.get(0).ipBytes() * 8.0 * S / nanos;
    }

    @ParameterizedTest
    @EnumSource
    void tcpGetsTheRateWithinFivePercent(Way way) {
        for (String name : List.of("gprs-thin", "gprs-urban", "edge-avg", "hspa-avg", "clean-fast")) {
            Link settings = Links.shipped(name);
            // Random loss would keep any such sender below the rate: the queue alone is to limit it here.
            Link lossless = VirtualLink.link(lossless(settings.start()));
            VirtualLink run = new VirtualLink(lossless, SEED);
            Transfer transfer = new Transfer(run, way);
            transfer.start();
            run.time.runUntil(60 * S);
            long atMinute = transfer.deliveredBytes();
            run.time.runUntil(240 * S);
            double goodput = (transfer.deliveredBytes() - atMinute) * 8 / 180.0;
            double most = bitsPerSecond(lossless, way) * Transfer.PAYLOAD_BYTES / Transfer.PACKET_BYTES;
            assertThat(goodput).as("%s %s", name, way).isCloseTo(most, Percentage.withPercentage(5));
        }
    }

    private static Link.Conditions lossless(Link.Conditions it) {
        return new Link.Conditions(
                VirtualLink.withLoss(it.down(), new org.raabta.bench.link.LinkDirection.Loss(0, Duration.ZERO)),
                VirtualLink.withLoss(it.up(), new org.raabta.bench.link.LinkDirection.Loss(0, Duration.ZERO)),
                it.gaps());
    }

    @Test
    void everyPacketIsServedWhenTheOneBeforeItEndsHoweverLateTheCallerLooks() {
        VirtualLink run = new VirtualLink(plain(it -> it), SEED);
        // 125 bytes are 10 ms; they come in clumps, as a coarse timer would make them, and never let the queue run dry.
        for (int clump = 0; clump < 100; clump++) {
            for (int i = 0; i < 5; i++) {
                run.offer(Way.UP, 5 * clump + i, 125);
            }
            run.time.runUntil((clump + 1) * 49L * MS);
        }
        run.time.runUntil(10 * S);
        assertThat(run.arrivals)
                .hasSize(500)
                .allSatisfy(arrival ->
                        assertThat(arrival.atNanos()).isEqualTo((arrival.number() + 1) * 10L * MS + 50 * MS));
    }

    @Test
    void overheadCostsLinkTimeOfEveryPacket() {
        VirtualLink run = new VirtualLink(plain(it -> VirtualLink.withOverhead(it, 25)), SEED);
        run.sendSteadily(Way.UP, 100, MS, S);
        run.time.runUntil(10 * S);
        assertThat(receivedBitsPerSecond(run.arrivals)).isCloseTo(100_000 * 100 / 125.0, within(1.0));
    }

    @Test
    void aScheduleIsFollowedAndRepeats() {
        Link settings = Links.shipped("lte-congested");
        VirtualLink run = new VirtualLink(settings, SEED);
        List<EmulatedLink.Sample> samples = run.link.samples(Way.DOWN, Duration.ofSeconds(120), Duration.ofSeconds(1));
        for (int second = 0; second < 120; second++) {
            boolean dip = second % 60 >= 20 && second % 60 < 30;
            assertThat(samples.get(second).linkKbps()).as("second %d", second).isEqualTo(dip ? 60 : 500);
        }
    }

    @Test
    void aPacketAcrossAStepFinishesAtTheNewRate() {
        Rate rate = new Rate.Schedule(
                List.of(new Rate.Point(Duration.ZERO, 8_000), new Rate.Point(Duration.ofSeconds(1), 80_000)),
                java.util.Optional.empty());
        VirtualLink run = new VirtualLink(plain(it -> VirtualLink.withRate(it, rate)), SEED);
        // 1000 bytes in the first second, the other 500 in 50 ms.
        assertThat(run.offer(Way.UP, 0, 1500)).isEqualTo(new Fate.Delivered(1_050 * MS + 50 * MS));
    }

    @Test
    void aRandomWalkStaysBetweenItsEndsAndVisitsBoth() {
        VirtualLink run = new VirtualLink(Links.shipped("edge-congested"), SEED);
        double[] kbps = run.link.samples(Way.DOWN, Duration.ofSeconds(2000), Duration.ofSeconds(1)).stream()
                .mapToDouble(EmulatedLink.Sample::linkKbps)
                .toArray();
        assertThat(kbps[0]).isEqualTo(60);
        assertThat(java.util.Arrays.stream(kbps).min().orElseThrow())
                .as("seed %d", SEED)
                .isBetween(17.99, 21.0);
        assertThat(java.util.Arrays.stream(kbps).max().orElseThrow())
                .as("seed %d", SEED)
                .isBetween(80.0, 90.01);
    }

    @Test
    void aTraceDeliversAtItsLinesAndLoops() {
        Rate trace = new Rate.Trace("", 100, List.of(3L, 3L, 7L, 20L));
        VirtualLink run = new VirtualLink(plain(it -> VirtualLink.with(it, trace, new Limit.Bytes(100_000))), SEED);
        List<Long> outMs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            outMs.add(run.offer(Way.DOWN, i, 100).atNanos() * 10 / MS);
        }
        // In tenths of a millisecond: two lines of one time share the millisecond that ends there.
        assertThat(outMs).containsExactly(525L, 530L, 570L, 700L, 725L, 730L, 770L, 900L, 925L, 930L);
    }

    @Test
    void aTraceCarriesLargePacketsOverSeveralOpportunitiesAndWastesWhatNobodyUses() {
        Rate trace = new Rate.Trace("", 100, List.of(0L, 10L, 20L));
        VirtualLink run = new VirtualLink(plain(it -> VirtualLink.with(it, trace, new Limit.Bytes(100_000))), SEED);
        assertThat(run.offer(Way.DOWN, 0, 250).atNanos()).isEqualTo(50 * MS + 20 * MS - MS / 4);
        run.time.runUntil(35 * MS);
        assertThat(run.offer(Way.DOWN, 1, 100).atNanos()).isEqualTo(50 * MS + 40 * MS - MS / 2);
    }

    @Test
    void stallsHoldPacketsWithoutCostingCapacity() {
        Stalls stalls = new Stalls(Duration.ofSeconds(3), new Stalls.Length.Exponential(Duration.ofMillis(500)));
        VirtualLink run = new VirtualLink(plain(it -> VirtualLink.withStalls(it, stalls)), SEED);
        run.sendSteadily(Way.DOWN, 250, 18 * MS, 600 * S);
        run.time.runUntil(700 * S);
        assertThat(receivedBitsPerSecond(run.arrivals)).isCloseTo(100_000, Percentage.withPercentage(1));
    }
}
