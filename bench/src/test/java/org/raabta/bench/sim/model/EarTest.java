package org.raabta.bench.sim.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.raabta.bench.emulator.Simulation;
import org.raabta.bench.score.Span;

/** Packets of 20 ms speech that arrive 100 ms after they were said, but for what each test does to them. */
class EarTest {
    private static final long MS = 1_000_000;

    private final Simulation simulation = new Simulation();
    private final Ear ear = new Ear(simulation);
    private int flags = Microphone.SPEECH;

    @Test
    void whatComesInTimeIsPlayedAsItIs() {
        send(0, 500, 100);
        simulation.runUntil(10_000 * MS);
        assertThat(ear.counters().concealedRatio(0, 10_000)).hasValue(0);
        assertThat(ear.silences(10_000)).containsExactly(new Span(0, 120));
        assertThat(ear.track().delayOfSentMs(5000)).isBetween(200.0, 260.0); // the way, one frame in hand, devices
        assertThat(ear.payloadKbps()).hasValue(24);
    }

    @Test
    void eachLostPacketIsConcealed() {
        for (int i = 0; i < 500; i++) {
            if (i % 5 != 3) {
                send(i, i + 1, 100);
            }
        }
        simulation.runUntil(10_000 * MS);
        assertThat(ear.counters().concealedRatio(0, 10_000).orElseThrow()).isBetween(0.19, 0.21);
        assertThat(ear.silences(10_000)).as("single losses make no silence").hasSize(1);
    }

    @Test
    void inBandRedundancyHealsSingleLosses() {
        flags = Microphone.SPEECH | Microphone.FEC;
        for (int i = 0; i < 500; i++) {
            if (i % 5 != 3) {
                send(i, i + 1, 100);
            }
        }
        simulation.runUntil(10_000 * MS);
        assertThat(ear.counters().concealedRatio(0, 10_000).orElseThrow()).isLessThan(0.02);
    }

    @Test
    void aLongHoleIsSilenceAfterTheConcealmentFaded() {
        send(0, 200, 100);
        send(250, 500, 100);
        simulation.runUntil(10_000 * MS);
        assertThat(ear.silences(10_000)).hasSize(2);
        assertThat(ear.silences(10_000).get(1).lengthMs()).isBetween(800.0, 960.0);
    }

    @Test
    void aDelayThatIsNotNeededAnyMoreIsPlayedOff() {
        send(0, 100, 2100);
        for (int i = 100; i < 4000; i++) {
            // All at once when the queue drains, then in time again.
            send(i, i + 1, Math.max(100, 4200 - 20 * i));
        }
        simulation.runUntil(79_000 * MS);
        assertThat(ear.track().delayOfSentMs(3000)).isGreaterThan(1500);
        assertThat(ear.track().delayOfSentMs(70_000)).isLessThan(500);
        assertThat(ear.counters().concealedRatio(0, 79_000).orElseThrow()).isLessThan(0.05);
    }

    private void send(int from, int to, long afterMs) {
        for (int i = from; i < to; i++) {
            int number = i;
            long saidNanos = i * 20L * MS;
            simulation.at(saidNanos + afterMs * MS, () -> ear.onFrame(number, saidNanos, flags, 60));
        }
    }
}
