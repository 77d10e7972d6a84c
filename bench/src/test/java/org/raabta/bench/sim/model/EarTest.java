package org.raabta.bench.sim.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.raabta.bench.emulator.Simulation;
import org.raabta.bench.score.Span;
import org.raabta.relay.rtp.RedPayload;

/** Packets of speech, of 20 ms where nothing is said, that arrive 100 ms after they were said but for what each test does. */
class EarTest {
    private static final long MS = 1_000_000;
    /** SILK, wide band, 20 ms, one frame. */
    private static final byte TOC_20 = 9 << 3;

    private final Simulation simulation = new Simulation();
    private final Ear ear = new Ear(simulation);
    private int flags = Sound.SPEECH;

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
        flags = Sound.SPEECH | Sound.FEC;
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

    /** Each of six 20 ms frames is played in its turn. */
    @Test
    void longPacketsArePlayedFrameByFrame() {
        sendLong(0, 80, 0, false);
        simulation.runUntil(9_000 * MS);
        assertThat(ear.counters().concealedRatio(0, 9_000)).hasValue(0);
        assertThat(ear.payloadKbps()).hasValue(24);
        // The way, the time to fill the packet, some in hand, devices.
        assertThat(ear.track().delayOfSentMs(5000)).isBetween(320.0, 440.0);
    }

    @Test
    void aCopyInTheNextPacketFillsALoss() {
        sendLong(0, 80, 4, false);
        simulation.runUntil(9_000 * MS);
        assertThat(ear.counters().concealedRatio(0, 9_000).orElseThrow()).isGreaterThan(0.2);
    }

    @Test
    void withCopiesNothingIsMissing() {
        sendLong(0, 80, 4, true);
        simulation.runUntil(9_000 * MS);
        assertThat(ear.counters().concealedRatio(0, 9_000).orElseThrow())
                .isLessThan(0.06); // 3 to 5 % of 20 were measured
    }

    @Test
    void aRestThatWasSaidIsNotConcealed() {
        send(0, 100, 100);
        simulation.at(2_100 * MS, () -> receive(100, Unpooled.wrappedBuffer(new byte[] {TOC_20}), false));
        send(150, 300, 100);
        simulation.runUntil(5_900 * MS);
        assertThat(ear.counters().concealedRatio(0, 5_900)).hasValue(0);
        assertThat(ear.silences(5_900)).hasSize(2);
        assertThat(ear.silences(5_900).get(1).lengthMs()).isBetween(980.0, 1020.0);
    }

    private void send(int from, int to, long afterMs) {
        for (int i = from; i < to; i++) {
            int number = i;
            long saidNanos = i * 20L * MS;
            ByteBuf packet = Unpooled.buffer();
            packet.writeByte(TOC_20);
            new Sound(saidNanos, flags).writeTo(packet, 60);
            simulation.at(saidNanos + afterMs * MS, () -> receive(number, packet, false));
        }
    }

    /** Packets of six frames of 20 ms; of each {@code lossEvery} one is lost. */
    private void sendLong(int from, int to, int lossEvery, boolean copies) {
        ByteBuf before = Unpooled.EMPTY_BUFFER;
        for (int i = from; i < to; i++) {
            long saidNanos = i * 120L * MS;
            ByteBuf opus = Unpooled.buffer();
            opus.writeByte(TOC_20 | 3).writeByte(6);
            for (int frame = 0; frame < 6; frame++) {
                new Sound(saidNanos + frame * 20L * MS, flags).writeTo(opus, 60);
            }
            ByteBuf red = Unpooled.buffer();
            if (before.isReadable()) {
                RedPayload.writeHead(red, Media.OPUS, 120 * 48, before.readableBytes());
            } else {
                red.writeByte(Media.OPUS);
            }
            red.writeBytes(before.duplicate()).writeBytes(opus.duplicate());
            before = opus;
            int number = 6 * i;
            if (lossEvery == 0 || i % lossEvery != 2) {
                simulation.at(saidNanos + 220 * MS, () -> receive(number, copies ? red : opus, copies));
            }
        }
    }

    private void receive(int step, ByteBuf payload, boolean isRed) {
        RedPayload red = isRed ? RedPayload.tryParse(payload, 0, payload.readableBytes(), Media.OPUS) : null;
        assertThat(red != null).isEqualTo(isRed);
        ear.onPacket(step * 960, payload, 0, payload.readableBytes(), red);
    }
}
