package org.raabta.bench.sim.model;

import java.util.SplittableRandom;
import org.raabta.bench.emulator.Simulation;
import org.raabta.bench.score.SpeechActivity;

/**
 * Opus at 24 kbps, a packet each 20 ms, in pauses too (no DTX). The payload holds when it was said and whether it was
 * speech, so that the listener's side can score it.
 */
final class Microphone {
    private static final long STEP_NANOS = Media.PACKET_MS * 1_000_000L;
    private static final int STEP_TICKS = Media.PACKET_MS * 48;
    private static final int SPEECH_BYTES = Media.AUDIO_BPS * Media.PACKET_MS / 8000;
    /** Opus is of variable rate: speech packets differ by about a fifth, a quiet room takes half [assumption]. */
    private static final int SPREAD_BYTES = SPEECH_BYTES / 5;

    private static final int QUIET_BYTES = SPEECH_BYTES / 2;

    private final Simulation simulation;
    private final Outgoing outgoing;
    private final SpeechActivity speech;
    private final SplittableRandom random;
    private boolean on;
    private int packets;
    private int octets;
    private int timestamp;

    Microphone(Simulation simulation, Outgoing outgoing, SpeechActivity speech, SplittableRandom random) {
        this.simulation = simulation;
        this.outgoing = outgoing;
        this.speech = speech;
        this.random = random;
    }

    void start() {
        if (!on) {
            on = true;
            simulation.after(STEP_NANOS, this::step);
        }
    }

    boolean on() {
        return on;
    }

    int packets() {
        return packets;
    }

    int octets() {
        return octets;
    }

    /** Of the next packet: of now, to within its length. */
    int timestamp() {
        return timestamp;
    }

    private void step() {
        long capturedNanos = simulation.nowNanos() - STEP_NANOS;
        boolean speaks = speech.isActive((capturedNanos + STEP_NANOS / 2) / 1e6);
        int bytes = (speaks ? SPEECH_BYTES : QUIET_BYTES) + random.nextInt(-SPREAD_BYTES, SPREAD_BYTES + 1);
        outgoing.rtp(Media.OPUS, false, packets, timestamp, Media.AUDIO_SSRC, bytes, out -> {
            out.writeLong(capturedNanos);
            out.writeBoolean(speaks);
            out.writeZero(bytes - Long.BYTES - 1);
        });
        packets++;
        octets += bytes;
        timestamp += STEP_TICKS;
        simulation.after(STEP_NANOS, this::step);
    }
}
