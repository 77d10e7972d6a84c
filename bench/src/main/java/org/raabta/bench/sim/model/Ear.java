package org.raabta.bench.sim.model;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.raabta.bench.emulator.Simulation;
import org.raabta.bench.score.DelayTrack;
import org.raabta.bench.score.PlayoutCounters;
import org.raabta.bench.score.Span;
import org.raabta.relay.opus.OpusPacket;
import org.raabta.relay.rtp.RedPayload;

/**
 * A browser's playout: each 20 ms one piece of sound is played, made up where none came, held back or hurried so that
 * about the target's sound is in hand. Packets hold 20 to 120 ms; a copy (RED, in-band FEC) fills what is missing. Counts
 * what webrtc-stats count and notes when speech was heard and how late.
 */
final class Ear {
    private static final int STEP_MS = 20;
    private static final long STEP_NANOS = STEP_MS * 1_000_000L;
    private static final int STEP_TICKS = STEP_MS * 48;
    /** Concealment fades to silence within this [assumption]. */
    private static final int AUDIBLE_CONCEALMENT_MS = 120;
    /** After this long without a piece the next one is played whatever is missing before it. */
    private static final int PATIENCE_MS = 1000;

    private static final int MOST_PACKETS = 200;
    /** Opus of one or two bytes says that silence begins (DTX). */
    private static final int SILENCE_BYTES = 2;

    /** How much faster or slower than real time sound is played to come nearer to the target; far above it, faster. */
    private static final double HURRY = 0.12;

    private static final double GREAT_HURRY = 0.4;
    private static final double LEVEL_SMOOTHING = 0.9;
    /** From the mouth to the encoder's output and from the decoder to the ear (plain calls in field-notes.md). */
    private static final double DEVICES_MS = 100;

    private static final double MATCH_EVERY_MS = 500;
    private static final double READING_EVERY_MS = 500;

    /** 20 ms of sound; {@code bytes} of Opus, 0 if they were counted elsewhere. */
    private record Piece(long capturedNanos, boolean speech, boolean silenceBegins, double bytes, long arrivedNanos) {}

    private final Simulation simulation;
    private final PlayoutTarget target = new PlayoutTarget();
    private final TreeMap<Long, Piece> pieces = new TreeMap<>();
    private final ByteBuf scratch = Unpooled.buffer(1400);
    private boolean running;
    private int firstTimestamp;
    private long lastTicks;
    private double leastTargetMs;
    private int packetMs = STEP_MS;
    private long next;
    private int missingSteps;
    /** The sender said that it rests: nothing is missing until it speaks again. */
    private boolean resting;

    private double levelMs;
    private double credit;

    private long totalSamples;
    private long concealedSamples;
    private long silentSamples;
    private long waitedNanos;
    private long waitedPieces;
    private long speechPieces;
    private double speechBytes;
    private double silentFromMs;
    private boolean silent = true;
    private double firstMs = Double.NaN;
    private double matchedMs = Double.NEGATIVE_INFINITY;
    private double readMs = Double.NEGATIVE_INFINITY;
    private final List<PlayoutCounters.Reading> readings = new ArrayList<>();
    private final List<DelayTrack.Match> matches = new ArrayList<>();
    private final List<Span> silences = new ArrayList<>();

    Ear(Simulation simulation) {
        this.simulation = simulation;
    }

    /** What is to be in hand at least (jitterBufferTarget). */
    void setLeastTarget(int ms) {
        leastTargetMs = ms;
    }

    // ---- what comes

    /** A packet's payload, which it borrows: Opus, or RED of it. */
    void onPacket(int timestamp, ByteBuf buffer, int index, int length, @Nullable RedPayload red) {
        if (lastTicks == 0 && !running) {
            firstTimestamp = timestamp;
        }
        // Nearest to the last one: timestamps wrap each day.
        long ticks = lastTicks + (timestamp - firstTimestamp - (int) lastTicks);
        lastTicks = ticks;
        if (red == null) {
            add(ticks, buffer, index, length, true);
            return;
        }
        int primary = red.primaryIndex();
        int at = red.copiesIndex();
        if (!running) {
            add(ticks, buffer, primary, red.primaryLength(), true);
        }
        for (int copy = 0; copy < red.blocks() - 1; copy++) {
            int bytes = red.copyLength(buffer, copy);
            add(ticks - red.copyOffset(buffer, copy), buffer, at, bytes, false);
            at += bytes;
        }
        add(ticks, buffer, primary, red.primaryLength(), true);
    }

    private void add(long ticks, ByteBuf buffer, int index, int length, boolean primary) {
        OpusPacket packet = length == 0 ? null : OpusPacket.tryParse(buffer, index, length);
        if (packet == null) {
            throw new IllegalStateException("the relay sent what is not Opus");
        }
        long at = Math.floorDiv(ticks + STEP_TICKS / 2, (long) STEP_TICKS);
        if (!running) {
            running = true;
            next = at;
            simulation.after(STEP_NANOS, this::step); // one piece in hand
        }
        long nowNanos = simulation.nowNanos();
        if (length <= SILENCE_BYTES) {
            put(at, new Piece(nowNanos, false, true, 0, nowNanos));
            return;
        }
        int frames = packet.frames();
        int steps = Math.max(1, packet.ticks() / frames / STEP_TICKS);
        for (int frame = 0; frame < frames; frame++) {
            scratch.clear();
            packet.writeFrame(frame, scratch);
            Sound sound = Sound.read(scratch, 1);
            if (frame == 0 && primary) {
                packetMs = Math.max(STEP_MS, packet.ticks() / 48);
                target.onPacket((nowNanos - sound.capturedNanos()) / 1e6, nowNanos);
                if (sound.repeatsTheOneBefore()) {
                    putFrame(at - steps, sound.capturedNanos() - steps * STEP_NANOS, sound.speech(), steps, 0);
                }
            }
            double bytes = (scratch.readableBytes() - 1) / (double) steps;
            putFrame(at + (long) frame * steps, sound.capturedNanos(), sound.speech(), steps, bytes);
        }
    }

    private void putFrame(long at, long capturedNanos, boolean speech, int steps, double bytes) {
        for (int i = 0; i < steps; i++) {
            put(at + i, new Piece(capturedNanos + i * STEP_NANOS, speech, false, bytes, simulation.nowNanos()));
        }
    }

    private void put(long at, Piece piece) {
        if (at < next) {
            return;
        }
        if (pieces.size() >= MOST_PACKETS * packetMs / STEP_MS) {
            pieces.clear();
            next = at;
        }
        pieces.putIfAbsent(at, piece);
    }

    // ---- what is played

    private void step() {
        levelMs = LEVEL_SMOOTHING * levelMs + (1 - LEVEL_SMOOTHING) * pieces.size() * STEP_MS;
        totalSamples += STEP_TICKS;
        Piece piece = take();
        if (piece != null) {
            play(piece);
        } else if (resting) {
            rest();
        } else {
            conceal();
        }
        double nowMs = simulation.nowNanos() / 1e6;
        if (nowMs - readMs >= READING_EVERY_MS) {
            readMs = nowMs;
            readings.add(new PlayoutCounters.Reading(nowMs, totalSamples, concealedSamples, silentSamples));
        }
        simulation.after(STEP_NANOS, this::step);
    }

    /** The piece whose turn it is, or null if it has to be made up. */
    private @Nullable Piece take() {
        if (pieces.isEmpty()) {
            return null;
        }
        long first = pieces.firstKey();
        if (first != next) {
            // What was made up while nothing came stands for what was lost, or was silence, meanwhile.
            boolean covered = missingSteps >= first - next || (!resting && missingSteps * STEP_MS >= PATIENCE_MS);
            if (!covered) {
                return null;
            }
            next = first;
        }
        Piece piece = pieces.pollFirstEntry().getValue();
        next++;
        adjust(first, piece);
        return piece;
    }

    /** Plays a little faster or slower: a whole piece is taken out or put back once enough little has come together. */
    private void adjust(long at, Piece piece) {
        double targetMs = Math.max(Math.max(target.ms(), packetMs), leastTargetMs);
        double highMs = targetMs + STEP_MS;
        double lowMs = Math.max(0.75 * targetMs, targetMs - 85) - STEP_MS;
        if (levelMs > highMs) {
            credit = Math.max(0, credit) + (levelMs > 4 * highMs ? GREAT_HURRY : HURRY);
            if (credit >= 1 && !pieces.isEmpty() && pieces.firstKey() == next) {
                credit -= 1;
                count(pieces.pollFirstEntry().getValue());
                next++;
                levelMs -= STEP_MS;
            }
        } else if (levelMs < lowMs) {
            credit = Math.min(0, credit) - HURRY;
            if (credit <= -1) {
                credit += 1;
                next = at;
                pieces.put(at, new Piece(piece.capturedNanos, piece.speech, false, 0, piece.arrivedNanos));
            }
        } else {
            credit = 0;
        }
    }

    private void play(Piece piece) {
        missingSteps = 0;
        resting = piece.silenceBegins;
        if (resting) {
            fallSilent();
            return;
        }
        double nowMs = simulation.nowNanos() / 1e6;
        if (silent) {
            silent = false;
            silences.add(new Span(Math.min(silentFromMs, nowMs), nowMs));
        }
        waitedNanos += simulation.nowNanos() - piece.arrivedNanos;
        waitedPieces++;
        count(piece);
        if (!piece.speech()) {
            return;
        }
        firstMs = Double.isNaN(firstMs) ? nowMs : firstMs;
        if (nowMs - matchedMs >= MATCH_EVERY_MS) {
            matchedMs = nowMs;
            matches.add(new DelayTrack.Match(nowMs, nowMs - piece.capturedNanos / 1e6 + DEVICES_MS, 1));
        }
    }

    private void count(Piece piece) {
        if (piece.speech() && piece.bytes > 0) {
            speechPieces++;
            speechBytes += piece.bytes;
        }
    }

    /** Comfort noise: not made up, but if speech is due after all, it is not heard. */
    private void rest() {
        missingSteps++;
        fallSilent();
    }

    private void conceal() {
        missingSteps++;
        concealedSamples += STEP_TICKS;
        if (!pieces.isEmpty() && missingSteps * STEP_MS < PATIENCE_MS && pieces.firstKey() > next) {
            next++; // it is lost: what comes behind it is here
            missingSteps = Math.max(1, missingSteps);
        }
        if (missingSteps * STEP_MS > AUDIBLE_CONCEALMENT_MS) {
            silentSamples += STEP_TICKS;
            fallSilent();
        }
    }

    private void fallSilent() {
        if (!silent) {
            silent = true;
            silentFromMs = simulation.nowNanos() / 1e6;
        }
    }

    // ---- what was heard

    long playedSamples() {
        return totalSamples;
    }

    long concealedSamples() {
        return concealedSamples;
    }

    /** How long the pieces that were played had waited in the buffer, all together. */
    long waitedNanos() {
        return waitedNanos;
    }

    long waitedPieces() {
        return waitedPieces;
    }

    PlayoutCounters counters() {
        return new PlayoutCounters(readings);
    }

    DelayTrack track() {
        return new DelayTrack(matches);
    }

    /** When nothing was to be heard, up to {@code endMs}. */
    List<Span> silences(double endMs) {
        List<Span> all = new ArrayList<>(silences);
        if (silent && silentFromMs < endMs) {
            all.add(new Span(silentFromMs, endMs));
        }
        return all;
    }

    OptionalDouble firstSoundMs() {
        return Double.isNaN(firstMs) ? OptionalDouble.empty() : OptionalDouble.of(firstMs + DEVICES_MS);
    }

    /** Of Opus while there was speech, without headers and copies. */
    OptionalDouble payloadKbps() {
        return speechPieces == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(speechBytes * 8.0 / speechPieces / STEP_MS);
    }
}
