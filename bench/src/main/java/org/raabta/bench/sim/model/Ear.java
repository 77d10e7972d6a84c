package org.raabta.bench.sim.model;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.raabta.bench.emulator.Simulation;
import org.raabta.bench.score.DelayTrack;
import org.raabta.bench.score.PlayoutCounters;
import org.raabta.bench.score.Span;
import org.raabta.relay.rtp.SequenceUnwrapper;

/**
 * A browser's playout: each 20 ms one frame is played, made up where none came, held back or hurried so that about the
 * target's sound is in hand. Counts what webrtc-stats count and notes when speech was heard and how late.
 */
final class Ear {
    private static final long STEP_NANOS = Media.PACKET_MS * 1_000_000L;
    private static final int STEP_SAMPLES = Media.PACKET_MS * 48;
    /** Concealment fades to silence within this [assumption]. */
    private static final int AUDIBLE_CONCEALMENT_MS = 120;
    /** After this long without a frame the next one is played whatever is missing before it. */
    private static final int PATIENCE_MS = 1000;

    private static final int MOST_FRAMES = 200;
    /** How much faster or slower than real time sound is played to come nearer to the target; far above it, faster. */
    private static final double HURRY = 0.12;

    private static final double GREAT_HURRY = 0.4;
    private static final double LEVEL_SMOOTHING = 0.9;
    /** From the mouth to the encoder's output and from the decoder to the ear (plain calls in field-notes.md). */
    private static final double DEVICES_MS = 100;

    private static final double MATCH_EVERY_MS = 500;
    private static final double READING_EVERY_MS = 500;

    /** A frame of sound; {@code bytes} of Opus. */
    private record Frame(long capturedNanos, int flags, int bytes) {
        boolean speech() {
            return (flags & Microphone.SPEECH) != 0;
        }

        boolean repeatsTheOneBefore() {
            return (flags & Microphone.FEC) != 0;
        }
    }

    private final Simulation simulation;
    private final PlayoutTarget target = new PlayoutTarget();
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private final TreeMap<Long, Frame> frames = new TreeMap<>();
    private boolean running;
    private long next;
    private int missingSteps;
    private double levelMs;
    private double credit;

    private long totalSamples;
    private long concealedSamples;
    private long silentSamples;
    private long speechFrames;
    private long speechBytes;
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

    void onFrame(int sequenceNumber, long capturedNanos, int flags, int bytes) {
        long sequence = unwrapper.unwrap(sequenceNumber);
        target.onPacket((simulation.nowNanos() - capturedNanos) / 1e6);
        if (!running) {
            running = true;
            next = sequence;
            simulation.after(STEP_NANOS, this::step); // one frame in hand
        }
        if (sequence < next) {
            return;
        }
        if (frames.size() >= MOST_FRAMES) {
            frames.clear();
            next = sequence;
        }
        frames.put(sequence, new Frame(capturedNanos, flags, bytes));
    }

    private void step() {
        levelMs = LEVEL_SMOOTHING * levelMs + (1 - LEVEL_SMOOTHING) * frames.size() * Media.PACKET_MS;
        totalSamples += STEP_SAMPLES;
        Frame frame = take();
        if (frame == null) {
            conceal();
        } else {
            play(frame);
        }
        double nowMs = simulation.nowNanos() / 1e6;
        if (nowMs - readMs >= READING_EVERY_MS) {
            readMs = nowMs;
            readings.add(new PlayoutCounters.Reading(nowMs, totalSamples, concealedSamples, silentSamples));
        }
        simulation.after(STEP_NANOS, this::step);
    }

    /** The frame whose turn it is, or null if it has to be made up. */
    private @org.jspecify.annotations.Nullable Frame take() {
        if (frames.isEmpty()) {
            return null;
        }
        long first = frames.firstKey();
        Frame following = frames.firstEntry().getValue();
        if (first == next + 1 && following.repeatsTheOneBefore()) {
            next++;
            return new Frame(following.capturedNanos - STEP_NANOS, following.flags, 0);
        }
        if (first != next) {
            // What was made up while nothing came stands for what was lost meanwhile.
            boolean covered = missingSteps >= first - next || missingSteps * Media.PACKET_MS >= PATIENCE_MS;
            if (!covered) {
                return null;
            }
            next = first;
        }
        Frame frame = frames.pollFirstEntry().getValue();
        next++;
        adjust(first, frame);
        return frame;
    }

    /** Plays a little faster or slower: a whole frame is taken out or put back once enough little has come together. */
    private void adjust(long sequence, Frame frame) {
        double targetMs = target.ms();
        double highMs = targetMs + Media.PACKET_MS;
        double lowMs = Math.max(0.75 * targetMs, targetMs - 85) - Media.PACKET_MS;
        if (levelMs > highMs) {
            credit = Math.max(0, credit) + (levelMs > 4 * highMs ? GREAT_HURRY : HURRY);
            if (credit >= 1 && !frames.isEmpty() && frames.firstKey() == next) {
                credit -= 1;
                count(frames.pollFirstEntry().getValue());
                next++;
                levelMs -= Media.PACKET_MS;
            }
        } else if (levelMs < lowMs) {
            credit = Math.min(0, credit) - HURRY;
            if (credit <= -1) {
                credit += 1;
                next = sequence;
                frames.put(sequence, new Frame(frame.capturedNanos, frame.flags, 0));
            }
        } else {
            credit = 0;
        }
    }

    private void play(Frame frame) {
        missingSteps = 0;
        double nowMs = simulation.nowNanos() / 1e6;
        if (silent) {
            silent = false;
            silences.add(new Span(Math.min(silentFromMs, nowMs), nowMs));
        }
        count(frame);
        if (!frame.speech()) {
            return;
        }
        firstMs = Double.isNaN(firstMs) ? nowMs : firstMs;
        if (nowMs - matchedMs >= MATCH_EVERY_MS) {
            matchedMs = nowMs;
            matches.add(new DelayTrack.Match(nowMs, nowMs - frame.capturedNanos / 1e6 + DEVICES_MS, 1));
        }
    }

    private void count(Frame frame) {
        if (frame.speech() && frame.bytes > 0) {
            speechFrames++;
            speechBytes += frame.bytes;
        }
    }

    private void conceal() {
        missingSteps++;
        concealedSamples += STEP_SAMPLES;
        if (!frames.isEmpty() && missingSteps * Media.PACKET_MS < PATIENCE_MS && frames.firstKey() > next) {
            next++; // it is lost: what comes behind it is here
            missingSteps = Math.max(1, missingSteps);
        }
        if (missingSteps * Media.PACKET_MS > AUDIBLE_CONCEALMENT_MS) {
            silentSamples += STEP_SAMPLES;
            if (!silent) {
                silent = true;
                silentFromMs = simulation.nowNanos() / 1e6;
            }
        }
    }

    // ---- what was heard

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

    /** Of Opus while there was speech, without headers. */
    OptionalDouble payloadKbps() {
        return speechFrames == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(speechBytes * 8.0 / speechFrames / Media.PACKET_MS);
    }
}
