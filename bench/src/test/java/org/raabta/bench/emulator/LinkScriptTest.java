package org.raabta.bench.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.raabta.bench.emulator.VirtualLink.MS;
import static org.raabta.bench.emulator.VirtualLink.S;
import static org.raabta.bench.emulator.VirtualLink.plain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.raabta.bench.emulator.VirtualLink.Arrival;
import org.raabta.bench.link.Link;
import org.raabta.bench.link.LinkDirection.Rate;
import org.raabta.bench.link.Links;

/** What changes while a link runs, and when. */
class LinkScriptTest {
    private static final long SEED = 20260104;

    @Test
    void theCliffFallsAndRisesAtItsTimes() {
        VirtualLink run = new VirtualLink(Links.shipped("cliff"), SEED);
        List<EmulatedLink.Sample> down = run.link.samples(Way.DOWN, Duration.ofMinutes(2), Duration.ofMillis(100));
        List<EmulatedLink.Sample> up = run.link.samples(Way.UP, Duration.ofMinutes(2), Duration.ofMillis(100));
        for (int i = 0; i < 1200; i++) {
            int phase = i / 300;
            assertThat(down.get(i).linkKbps())
                    .isEqualTo(List.of(780.0, 35.0, 240.0, 780.0).get(phase));
            assertThat(up.get(i).linkKbps())
                    .isEqualTo(List.of(330.0, 32.0, 200.0, 330.0).get(phase));
        }
    }

    @Test
    void whatIsQueuedLivesThroughAStepAndArrivalsAreDroppedWhileItStandsAboveTheNewLimit() {
        Link.Conditions fast = plain(it -> it).start();
        Link.Conditions slow =
                plain(it -> VirtualLink.withRate(it, new Rate.Constant(10_000))).start();
        Link settings = VirtualLink.link(
                fast, new Link.Step(Duration.ofSeconds(1), List.of(), Optional.of(slow), Optional.empty()));
        VirtualLink run = new VirtualLink(settings, SEED);
        run.time.runUntil(900 * MS);
        // 1 s of queue at 100 kbps; after 100 ms of it the rate is a tenth, and the rest takes 9 s.
        for (int i = 0; i < 100; i++) {
            run.offer(Way.UP, i, 125);
        }
        run.sendSteadily(Way.UP, 124, 100 * MS, 20 * S);
        run.time.runUntil(60 * S);
        List<Arrival> early = run.arrivals.stream()
                .filter(arrival -> arrival.ipBytes() == 125)
                .toList();
        assertThat(early).hasSize(100);
        assertThat(early.get(9).atNanos()).isEqualTo(1_050 * MS);
        assertThat(early.get(99).atNanos()).isEqualTo(10_050 * MS);
        // The new limit is 1250 bytes, reached 1 s before the old queue has gone: until then every arrival is dropped.
        Arrival next = run.arrivals.get(100);
        assertThat(next.sentNanos()).isEqualTo(9_100 * MS);
        assertThat(next.delayNanos()).isLessThanOrEqualTo(1_050 * MS);
    }

    @Test
    void anOutageLosesWhatIsQueuedAndWhatComesAndNothingElse() {
        VirtualLink run = new VirtualLink(Links.shipped("outage-15"), SEED);
        // Half as much again as the link carries: a queue stands when the outage begins.
        run.sendSteadily(Way.UP, 750, 20 * MS, 60 * S);
        run.time.runUntil(100 * S);
        for (LinkEvent event : run.link.log().events(Way.UP)) {
            if (event.atNanos() >= 30 * S && event.atNanos() < 45 * S) {
                assertThat(event.fate()).isEqualTo(new Fate.Dropped(Drop.OUTAGE, event.atNanos()));
            } else if (event.fate() instanceof Fate.Dropped dropped && dropped.reason() == Drop.OUTAGE) {
                assertThat(event.atNanos()).isBetween(27 * S, 30 * S);
                assertThat(dropped.atNanos()).isEqualTo(30 * S);
            } else if (event.fate() instanceof Fate.Delivered) {
                assertThat(event.leftNanos() <= 30 * S || event.leftNanos() > 45 * S)
                        .isTrue();
            }
        }
        long queued = run.link.log().events(Way.UP).stream()
                .filter(event -> event.atNanos() < 30 * S
                        && event.fate() instanceof Fate.Dropped dropped
                        && dropped.reason() == Drop.OUTAGE)
                .count();
        // 2 s of 200 kbps in packets of 750 bytes, but for the one on the air.
        assertThat(queued).isBetween(64L, 66L);
        assertThat(run.link.log().events(Way.UP).stream()
                        .filter(event -> event.atNanos() >= 45 * S)
                        .findFirst()
                        .orElseThrow()
                        .fate())
                .isInstanceOf(Fate.Delivered.class);
    }

    @Test
    void aShortOutageKeepsTheQueue() {
        Link settings = VirtualLink.link(
                plain(it -> it).start(),
                new Link.Step(
                        Duration.ofSeconds(1), List.of(Duration.ofSeconds(5)), Optional.empty(), Optional.empty()));
        VirtualLink run = new VirtualLink(settings, SEED);
        run.time.runUntil(990 * MS);
        for (int i = 0; i < 3; i++) {
            run.offer(Way.DOWN, i, 125);
        }
        run.time.runUntil(4 * S);
        run.offer(Way.DOWN, 3, 125);
        run.time.runUntil(10 * S);
        assertThat(run.arrivals)
                .extracting(Arrival::atNanos)
                .containsExactly(1_050 * MS, 6_060 * MS, 6_070 * MS, 6_080 * MS);
    }

    @Test
    void gapsStandStillAndKeepTheQueue() {
        VirtualLink run = new VirtualLink(Links.shipped("edge-lossy"), SEED);
        List<EmulatedLink.Sample> samples = run.link.samples(Way.DOWN, Duration.ofMinutes(3), Duration.ofMillis(100));
        for (int i = 0; i < 1800; i++) {
            boolean gap = i >= 600 && i % 600 < 12;
            assertThat(samples.get(i).linkKbps()).as("tenth of a second %d", i).isEqualTo(gap ? 0 : 150);
        }
        run.time.runUntil(60_100 * MS);
        Fate fate = run.offer(Way.DOWN, 0, 150);
        long outNanos = 61_200 * MS + 8 * MS + 500 * MS;
        assertThat(fate.atNanos()).as("seed %d", SEED).isBetween(outNanos - 400 * MS, outNanos + 400 * MS);
    }

    @Test
    void drawnOutagesStrikeBothDirectionsAlikeAndTheScriptRepeats() {
        Set<Long> lengthsMs = new HashSet<>();
        for (long seed = SEED; seed < SEED + 20; seed++) {
            VirtualLink run = new VirtualLink(Links.shipped("fallback-drive"), seed);
            List<EmulatedLink.Sample> down =
                    run.link.samples(Way.DOWN, Duration.ofSeconds(400), Duration.ofMillis(100));
            List<EmulatedLink.Sample> up = run.link.samples(Way.UP, Duration.ofSeconds(400), Duration.ofMillis(100));
            for (int change = 1; change <= 4; change++) {
                long ms = stillMs(down, change * 900);
                assertThat(stillMs(up, change * 900)).as("seed %d", seed).isEqualTo(ms);
                lengthsMs.add(ms);
                // Hspa to begin with and after every second change.
                assertThat(down.get(change * 900 + 200).linkKbps()).isEqualTo(change % 2 == 1 ? 240 : 780);
            }
        }
        assertThat(lengthsMs).as("seed %d", SEED).containsExactlyInAnyOrder(3000L, 3700L, 4500L, 7000L, 10000L);
    }

    private static long stillMs(List<EmulatedLink.Sample> samples, int from) {
        int index = from;
        while (samples.get(index).linkKbps() == 0) {
            index++;
        }
        return (index - from) * 100L;
    }

    @Test
    void whereTheScriptLeavesTheRateAtNothingPacketsWaitForEver() {
        Rate rate = new Rate.Schedule(
                List.of(new Rate.Point(Duration.ZERO, 100_000), new Rate.Point(Duration.ofSeconds(1), 0)),
                Optional.empty());
        VirtualLink run = new VirtualLink(plain(it -> VirtualLink.withRate(it, rate)), SEED);
        run.time.runUntil(995 * MS);
        List<Fate> fates = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            fates.add(run.offer(Way.UP, i, 125));
        }
        assertThat(fates).containsOnly(new Fate.Dropped(Drop.OUTAGE, Long.MAX_VALUE));
    }

    @Test
    void timeDoesNotGoBack() {
        EmulatedLink link = EmulatedLink.running(Links.shipped("edge-avg"), SEED, 1000);
        assertThatThrownBy(() -> link.offer(Way.UP, Transport.UDP, 100, 999))
                .isInstanceOf(IllegalArgumentException.class);
        link.offer(Way.UP, Transport.UDP, 100, 2000);
        assertThatThrownBy(() -> link.offer(Way.DOWN, Transport.UDP, 100, 1999))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void decisionsAreOnTheOwnersClock() {
        long startNanos = -5 * S;
        EmulatedLink link = EmulatedLink.running(plain(it -> it), SEED, startNanos);
        assertThat(link.offer(Way.UP, Transport.UDP, 125, startNanos + S))
                .isEqualTo(new Fate.Delivered(startNanos + S + 60 * MS));
    }
}
