package org.raabta.bench.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.raabta.bench.emulator.VirtualLink.MS;
import static org.raabta.bench.emulator.VirtualLink.S;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.raabta.bench.link.Links;

/** A link whose script waits to be started. */
class ScriptStartTest {
    private static final long SEED = 20260105;

    /** Longer than the longest queue and stall: nothing decided before then reaches into it. */
    private static final long SETTLED_NANOS = 10 * S;

    @ParameterizedTest
    @ValueSource(strings = {"cliff", "outage-15", "lte-congested", "gprs-rural", "fallback-drive", "edge-congested"})
    void howeverLongTheWaitTheScriptAndItsDiceAreTheSame(String name) {
        List<Fate> atOnce = fates(EmulatedLink.running(Links.shipped(name), SEED, 0), 0);
        assertThat(atOnce).hasSizeGreaterThan(2000);
        for (long waitNanos : new long[] {0, 1, 17 * S + 3, 200 * S}) {
            EmulatedLink waiting = EmulatedLink.waiting(Links.shipped(name), SEED, -5 * S);
            // A busy wait: what the waiting link draws must not shift what the script draws.
            for (long atNanos = 0; atNanos < waitNanos - SETTLED_NANOS; atNanos += 100 * MS) {
                waiting.offer(Way.UP, Transport.UDP, 100, -5 * S + atNanos);
            }
            long startNanos = -5 * S + waitNanos;
            waiting.startScript(startNanos);
            assertThat(fates(waiting, startNanos))
                    .as("seed %d, after %d ns", SEED, waitNanos)
                    .isEqualTo(atOnce);
        }
    }

    /** Of small packets both ways over two minutes and a half, times counted from {@code startNanos}. */
    private static List<Fate> fates(EmulatedLink link, long startNanos) {
        List<Fate> fates = new ArrayList<>();
        for (long atNanos = 0; atNanos < 150 * S; atNanos += 120 * MS) {
            for (Way way : Way.values()) {
                Fate fate = link.offer(way, Transport.UDP, 120, startNanos + atNanos);
                long sinceNanos = fate.atNanos() - startNanos;
                fates.add(
                        fate instanceof Fate.Dropped dropped
                                ? new Fate.Dropped(dropped.reason(), sinceNanos)
                                : new Fate.Delivered(sinceNanos));
            }
        }
        return fates;
    }

    @ParameterizedTest
    @CsvSource({"cliff, 780", "outage-15, 240", "lte-congested, 500", "gprs-rural, 20", "fallback-drive, 780"})
    void beforeItsStartTheLinkStandsInItsFirstState(String name, double downKbps) {
        EmulatedLink link = EmulatedLink.waiting(Links.shipped(name), SEED, 0);
        assertThat(link.samples(Way.DOWN, Duration.ofMinutes(5), Duration.ofSeconds(1)))
                .hasSize(300)
                .allMatch(sample -> Math.abs(sample.linkKbps() - downKbps) < 1e-9);
    }

    @Test
    void jitterStallsAndLossesRunWhileItWaits() {
        EmulatedLink link = EmulatedLink.waiting(Links.shipped("gprs-rural"), SEED, 0);
        long lost = 0;
        long late = 0;
        int count = 3000;
        for (int i = 0; i < count; i++) {
            Fate fate = link.offer(Way.UP, Transport.UDP, 40, 100L * i * MS);
            if (fate instanceof Fate.Dropped) {
                lost++;
            } else if (fate.atNanos() - 100L * i * MS > 700 * MS) {
                late++;
            }
        }
        assertThat(lost).as("seed %d", SEED).isBetween(count / 200L, count / 20L);
        assertThat(late).as("seed %d", SEED).isGreaterThan(count / 100);
    }

    @Test
    void samplesMayBeginWithTheScript() {
        EmulatedLink link = EmulatedLink.waiting(Links.shipped("cliff"), SEED, 0);
        link.startScript(7_300 * MS);
        List<EmulatedLink.Sample> down =
                link.samples(Way.DOWN, Duration.ofMillis(7_300), Duration.ofSeconds(60), Duration.ofSeconds(1));
        for (int second = 0; second < 60; second++) {
            assertThat(down.get(second).atMs()).isEqualTo(7_300 + 1000L * second);
            assertThat(down.get(second).linkKbps()).as("second %d", second).isEqualTo(second < 30 ? 780 : 35);
        }
    }

    @Test
    void aStartInThePastLeavesWhatWasDecided() {
        EmulatedLink link = EmulatedLink.waiting(Links.shipped("outage-15"), SEED, 0);
        Fate first = link.offer(Way.UP, Transport.UDP, 100, 40 * S);
        assertThat(first).isInstanceOf(Fate.Delivered.class);
        link.startScript(5 * S);
        assertThat(link.log().events(Way.UP)).extracting(LinkEvent::fate).containsExactly(first);
        assertThat(link.offer(Way.UP, Transport.UDP, 100, 41 * S)).isEqualTo(new Fate.Dropped(Drop.OUTAGE, 41 * S));
    }

    @Test
    void aScriptStartsOnceAndNotBeforeItsLink() {
        EmulatedLink link = EmulatedLink.waiting(Links.shipped("cliff"), SEED, 1000);
        assertThatThrownBy(() -> link.startScript(999)).isInstanceOf(IllegalStateException.class);
        link.startScript(1000);
        assertThatThrownBy(() -> link.startScript(2000)).isInstanceOf(IllegalStateException.class);
    }
}
