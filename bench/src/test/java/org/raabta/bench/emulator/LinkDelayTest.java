package org.raabta.bench.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.raabta.bench.emulator.VirtualLink.MS;
import static org.raabta.bench.emulator.VirtualLink.S;
import static org.raabta.bench.emulator.VirtualLink.plain;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raabta.bench.emulator.VirtualLink.Arrival;
import org.raabta.bench.link.Link;
import org.raabta.bench.link.LinkDirection;
import org.raabta.bench.link.LinkDirection.Limit;
import org.raabta.bench.link.LinkDirection.Rate;
import org.raabta.bench.link.LinkDirection.Stalls;
import org.raabta.bench.link.LinkDirection.Wake;
import org.raabta.bench.link.Links;

/** How long packets take, and in which order they come. */
class LinkDelayTest {
    private static final long SEED = 20260102;

    static List<Link> shippedLinks() {
        return Links.shipped();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gprs-thin", "gprs-good", "edge-avg", "hspa-lossy", "clean-fast", "loss-20"})
    void aLonelyPacketTakesTheBaseDelayAndItsOwnLengthWithTheJitterAround(String name) {
        Link settings = Links.shipped(name);
        for (Way way : Way.values()) {
            LinkDirection direction =
                    way == Way.DOWN ? settings.start().down() : settings.start().up();
            VirtualLink run = new VirtualLink(settings, SEED);
            run.sendSteadily(way, 100, 700 * MS, 20_000 * S);
            run.time.runUntil(20_100 * S);
            double lengthMs = 100 * 8 * 1000.0 / ((Rate.Constant) direction.rate()).bitsPerSecond();
            double expectedMs = direction.baseDelay().toMillis() + lengthMs;
            double[] delaysMs = run.arrivals(way).stream()
                    .mapToDouble(arrival -> arrival.delayNanos() / 1e6)
                    .toArray();
            double mean = mean(delaysMs);
            assertThat(mean).as("%s %s, seed %d", name, way, SEED).isCloseTo(expectedMs, within(3.0));
            double sd = Math.sqrt(mean(java.util.Arrays.stream(delaysMs)
                    .map(delay -> (delay - mean) * (delay - mean))
                    .toArray()));
            double sdSetMs = direction.jitterSd().toNanos() / 1e6;
            assertThat(sd).as("%s %s, seed %d", name, way, SEED).isCloseTo(sdSetMs, within(0.001 + 0.05 * sdSetMs));
        }
    }

    private static double mean(double[] values) {
        return java.util.Arrays.stream(values).average().orElseThrow();
    }

    @Test
    void jitterIsTheSameHoweverManyPacketsAreSent() {
        for (long everyMs : new long[] {5, 50}) {
            VirtualLink run = new VirtualLink(Links.shipped("hspa-avg"), SEED);
            run.sendSteadily(Way.DOWN, 60, everyMs * MS, 1000 * S);
            run.time.runUntil(1001 * S);
            double meanMs = mean(run.arrivals(Way.DOWN).stream()
                    .mapToDouble(arrival -> arrival.delayNanos() / 1e6)
                    .toArray());
            double lengthMs = 60 * 8 / 780.0;
            assertThat(meanMs).as("every %d ms, seed %d", everyMs, SEED).isCloseTo(100 + lengthMs, within(3.0));
        }
    }

    @ParameterizedTest
    @MethodSource("shippedLinks")
    void nothingIsReordered(Link settings) {
        for (long seed = SEED; seed < SEED + 3; seed++) {
            VirtualLink run = new VirtualLink(settings, seed);
            Random traffic = new Random(seed);
            for (int number = 0; number < 8_000; number++) {
                run.offer(traffic.nextBoolean() ? Way.UP : Way.DOWN, number, 40 + traffic.nextInt(1460));
                run.time.runUntil(run.time.nowNanos() + (long) (traffic.nextDouble() * 20 * MS));
            }
            run.time.runUntil(run.time.nowNanos() + 100 * S);
            for (Way way : Way.values()) {
                assertThat(run.arrivals(way))
                        .as("%s %s, seed %d", settings.name(), way, seed)
                        .extracting(Arrival::number)
                        .isSorted();
            }
        }
    }

    @Test
    void theQueueEndsAtItsTimesTheRate() {
        VirtualLink run = new VirtualLink(plain(it -> it), SEED);
        run.sendSteadily(Way.UP, 125, MS, 5 * S);
        run.time.runUntil(20 * S);
        long longest =
                run.arrivals.stream().mapToLong(Arrival::delayNanos).max().orElseThrow();
        assertThat(longest).isEqualTo(50 * MS + 1000 * MS);
        assertThat(run.link.log().dropped(Way.UP, Drop.QUEUE_FULL)).isEqualTo(5000 - run.arrivals.size());
    }

    @Test
    void aLimitInBytesIsOneWhateverTheRate() {
        for (long rate : new long[] {10_000, 1_000_000}) {
            VirtualLink run = new VirtualLink(
                    plain(it -> VirtualLink.with(it, new Rate.Constant(rate), new Limit.Bytes(3000))), SEED);
            for (int i = 0; i < 50; i++) {
                run.offer(Way.UP, i, 100);
            }
            run.time.runUntil(60 * S);
            assertThat(run.arrivals).hasSize(30);
        }
    }

    @Test
    void anEmptyQueueTakesAPacketOfAnyLength() {
        VirtualLink run = new VirtualLink(plain(it -> VirtualLink.with(it, it.rate(), new Limit.Bytes(100))), SEED);
        assertThat(run.offer(Way.UP, 0, 1500)).isInstanceOf(Fate.Delivered.class);
        assertThat(run.offer(Way.UP, 1, 50)).isEqualTo(new Fate.Dropped(Drop.QUEUE_FULL, 0));
    }

    @Test
    void stallsComeAndLastAsSet() {
        Stalls stalls = new Stalls(Duration.ofSeconds(6), new Stalls.Length.Exponential(Duration.ofMillis(300)));
        VirtualLink run = new VirtualLink(plain(it -> VirtualLink.withStalls(it, stalls)), SEED);
        run.sendSteadily(Way.UP, 20, 5 * MS, 6_300 * S);
        run.time.runUntil(6_400 * S);
        long usual = 50 * MS + 1_600_000;
        // Of each stall the packet that meets its beginning waits longest, to within the 5 ms between packets.
        List<Arrival> arrivals = run.arrivals;
        int count = 0;
        double heldMs = 0;
        for (int i = 1; i < arrivals.size(); i++) {
            boolean first =
                    arrivals.get(i).delayNanos() > usual && arrivals.get(i - 1).delayNanos() <= usual;
            count += first ? 1 : 0;
            heldMs += first ? (arrivals.get(i).delayNanos() - usual) / 1e6 : 0;
        }
        // 1000 expected, less the 1.6 % that fall between two packets; four standard deviations.
        assertThat((double) count).as("seed %d", SEED).isCloseTo(1000 * 0.984, within(4 * Math.sqrt(1000)));
        assertThat(heldMs / count).as("seed %d", SEED).isCloseTo(300, within(4 * 300 / Math.sqrt(1000)));
    }

    @Test
    void aSleepingRadioIsWokenOnceByEitherDirection() {
        VirtualLink run = new VirtualLink(Links.shipped("umts-r99"), SEED);
        run.offer(Way.DOWN, 0, 48);
        run.time.runUntil(500 * MS);
        run.offer(Way.UP, 1, 48);
        run.time.runUntil(5_400 * MS);
        run.offer(Way.DOWN, 2, 48);
        run.time.runUntil(10_400 * MS);
        run.offer(Way.UP, 3, 48);
        run.time.runUntil(20 * S);
        assertThat(run.arrivals).as("seed %d", SEED).extracting(Arrival::number).containsExactly(0, 1, 2, 3);
        Wake wake = Links.shipped("umts-r99").start().up().wake().orElseThrow();
        assertThat(wake).isEqualTo(new Wake(Duration.ofSeconds(2), Duration.ofSeconds(5)));
        assertThat(delaysMs(run)).as("seed %d", SEED).satisfies(delays -> {
            assertThat(delays.get(0)).isCloseTo(2100, within(150.0));
            assertThat(delays.get(1)).isCloseTo(1600, within(150.0));
            assertThat(delays.get(2)).isCloseTo(100, within(150.0));
            assertThat(delays.get(3)).isCloseTo(2100, within(150.0));
        });
    }

    private static List<Double> delaysMs(VirtualLink run) {
        return run.arrivals.stream().map(arrival -> arrival.delayNanos() / 1e6).toList();
    }

    @Test
    void theLogRedrawsRateQueueAndDrops() {
        VirtualLink run = new VirtualLink(plain(it -> it), SEED);
        // Twice the rate for 0.8 s: 160 packets of 10 ms, of which half are still queued at the end.
        run.sendSteadily(Way.UP, 125, 5 * MS, 800 * MS);
        run.time.runUntil(4 * S);
        List<EmulatedLink.Sample> samples = run.link.samples(Way.UP, Duration.ofSeconds(3), Duration.ofMillis(500));
        assertThat(samples).extracting(EmulatedLink.Sample::linkKbps).containsOnly(100.0);
        assertThat(samples.get(0).wireKbps()).isCloseTo(100, Percentage.withPercentage(2));
        assertThat(samples.get(1).wireKbps()).isCloseTo(100, Percentage.withPercentage(2));
        assertThat(samples.get(3).wireKbps()).isCloseTo(20, within(2.0));
        assertThat(samples.get(4).wireKbps()).isZero();
        assertThat(samples)
                .extracting(EmulatedLink.Sample::queueMs)
                .containsExactly(500.0, 600.0, 100.0, 0.0, 0.0, 0.0);
        assertThat(samples).extracting(EmulatedLink.Sample::drops).containsOnly(0);
        run.sendSteadily(Way.UP, 1250, 10 * MS, 5 * S);
        run.time.runUntil(9 * S);
        int drops = run.link.samples(Way.UP, Duration.ofSeconds(9), Duration.ofSeconds(1)).stream()
                .mapToInt(EmulatedLink.Sample::drops)
                .sum();
        assertThat(drops)
                .isEqualTo((int) run.link.log().dropped(Way.UP, Drop.QUEUE_FULL))
                .isPositive();
    }
}
