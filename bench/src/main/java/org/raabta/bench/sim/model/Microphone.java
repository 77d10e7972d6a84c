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

    static final int SPEECH = 1;
    static final int FEC = 2;

    /** From this reported loss on the encoder lets each packet repeat the one before it, in the same bytes. */
    private static final double LOSS_FOR_FEC = 0.01;

    private final Simulation simulation;
    private final Outgoing outgoing;
    private final SpeechActivity speech;
    private final SplittableRandom random;
    private boolean on;
    private boolean fec;
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

    /** What the far end reports of our packets. At 24 kbps in-band FEC works; it would not at 16 (field-notes.md). */
    void setLoss(double share) {
        fec = share >= LOSS_FOR_FEC;
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
        int flags = fec ? FEC : 0;
        boolean speaks = speech.isActive((capturedNanos + STEP_NANOS / 2) / 1e6);
        int bytes = (speaks ? SPEECH_BYTES : QUIET_BYTES) + random.nextInt(-SPREAD_BYTES, SPREAD_BYTES + 1);
        outgoing.rtp(Media.OPUS, false, packets, timestamp, Media.AUDIO_SSRC, bytes, out -> {
            out.writeLong(capturedNanos);
            out.writeByte(speaks ? flags | SPEECH : flags);
            out.writeZero(bytes - Long.BYTES - 1);
        });
        packets++;
        octets += bytes;
        timestamp += STEP_TICKS;
        simulation.after(STEP_NANOS, this::step);
    }
}
