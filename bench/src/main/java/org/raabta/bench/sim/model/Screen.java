package org.raabta.bench.sim.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.raabta.bench.emulator.Simulation;
import org.raabta.bench.score.VideoScore;
import org.raabta.relay.control.DownlinkSsrcs;
import org.raabta.relay.rtp.Nack;
import org.raabta.relay.rtp.PictureLossIndication;
import org.raabta.relay.rtp.SequenceNumbers;
import org.raabta.relay.rtp.SequenceUnwrapper;

/** A browser's video receiver: shows whole pictures in order, asks again for what is missing and for key frames. */
final class Screen {
    private static final long RETRY_STEP_NANOS = 20_000_000L;
    private static final int MOST_REQUESTS = 10;
    private static final int MOST_MISSING = 1000;
    private static final int MOST_PIECES = 3000;
    private static final long PATIENCE_NANOS = 3_000_000_000L;
    private static final long KEY_FRAME_PATIENCE_NANOS = 200_000_000L;
    private static final long WATCH_STEP_NANOS = 200_000_000L;
    /** A stream from which nothing comes for this long is taken for off. */
    private static final long ACTIVE_NANOS = 5_000_000_000L;

    /** One packet's part of a picture. */
    record Piece(boolean starts, boolean key, boolean ends, int number, int bytes) {}

    private static final class Missing {
        int requests;
        long nextNanos;
    }

    private final Simulation simulation;
    private final Outgoing outgoing;
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private final TreeMap<Long, Piece> pieces = new TreeMap<>();
    private final TreeMap<Long, Missing> missing = new TreeMap<>();
    private final List<VideoScore.Shown> shown = new ArrayList<>();
    private boolean started;
    private boolean retrying;
    private long highest;
    private long next;
    private boolean needsKeyFrame = true;
    private long keyFrameAt = Long.MIN_VALUE;
    private long askedNanos;
    private long shownNanos;
    private long arrivedNanos;
    private long roundTripNanos = 100_000_000L;
    private long payloadBytes;

    Screen(Simulation simulation, Outgoing outgoing) {
        this.simulation = simulation;
        this.outgoing = outgoing;
    }

    void setRoundTrip(long nanos) {
        roundTripNanos = nanos;
    }

    List<VideoScore.Shown> shown() {
        return shown;
    }

    long payloadBytes() {
        return payloadBytes;
    }

    void onPiece(int sequenceNumber, Piece piece) {
        long sequence = unwrapper.unwrap(sequenceNumber);
        long nowNanos = simulation.nowNanos();
        arrivedNanos = nowNanos;
        if (!started) {
            started = true;
            highest = sequence - 1;
            next = sequence;
            shownNanos = nowNanos;
            simulation.after(WATCH_STEP_NANOS, this::watch);
        }
        note(sequence, nowNanos);
        if (sequence < next || pieces.putIfAbsent(sequence, piece) != null) {
            return;
        }
        payloadBytes += piece.bytes;
        if (piece.key && sequence > keyFrameAt) {
            keyFrameAt = sequence;
        }
        if (pieces.size() > MOST_PIECES) {
            pieces.pollFirstEntry();
        }
        showWhatIsWhole();
    }

    private void note(long sequence, long nowNanos) {
        missing.remove(sequence);
        if (sequence - highest > MOST_MISSING) {
            missing.clear();
            needsKeyFrame = true;
        } else {
            for (long lost = highest + 1; lost < sequence; lost++) {
                Missing one = new Missing();
                one.nextNanos = nowNanos;
                missing.put(lost, one);
            }
        }
        highest = Math.max(highest, sequence);
        if (!missing.isEmpty() && !retrying) {
            retry();
        }
    }

    private void showWhatIsWhole() {
        while (!needsKeyFrame && wholeFrom(next) >= 0) {
            show(next);
        }
        // A whole key frame ahead: nothing before it is waited for.
        if ((keyFrameAt > next || (needsKeyFrame && keyFrameAt >= next)) && wholeFrom(keyFrameAt) >= 0) {
            needsKeyFrame = false;
            show(keyFrameAt);
            missing.headMap(next).clear();
            showWhatIsWhole();
        }
    }

    /** The last number of the picture that starts here, or -1 if it is not whole. */
    private long wholeFrom(long first) {
        Piece piece = pieces.get(first);
        if (piece == null || !piece.starts) {
            return -1;
        }
        long at = first;
        while (!piece.ends) {
            piece = pieces.get(++at);
            if (piece == null) {
                return -1;
            }
        }
        return at;
    }

    private void show(long first) {
        long last = wholeFrom(first);
        Piece piece = pieces.get(first);
        if (piece != null) {
            shown.add(new VideoScore.Shown(simulation.nowNanos() / 1e6, piece.number));
        }
        shownNanos = simulation.nowNanos();
        next = last + 1;
        while (!pieces.isEmpty() && pieces.firstKey() < next) {
            pieces.pollFirstEntry();
        }
    }

    /** Asks for what is missing now; again after a round trip. */
    private void retry() {
        long nowNanos = simulation.nowNanos();
        List<Integer> wanted = new ArrayList<>();
        boolean gaveUp = false;
        for (var all = missing.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Long, Missing> entry = all.next();
            Missing one = entry.getValue();
            if (one.nextNanos > nowNanos) {
                continue;
            }
            if (one.requests == MOST_REQUESTS) {
                all.remove();
                gaveUp = true;
                continue;
            }
            one.requests++;
            one.nextNanos = nowNanos + Math.max(RETRY_STEP_NANOS, roundTripNanos);
            wanted.add(SequenceNumbers.wire(entry.getKey()));
        }
        if (!wanted.isEmpty()) {
            outgoing.rtcp(List.of(new Nack(Media.AUDIO_SSRC, DownlinkSsrcs.video(0), wanted)));
        }
        needsKeyFrame |= gaveUp;
        retrying = !missing.isEmpty();
        if (retrying) {
            simulation.after(RETRY_STEP_NANOS, this::retry);
        }
    }

    private void watch() {
        long nowNanos = simulation.nowNanos();
        boolean active = nowNanos - arrivedNanos < ACTIVE_NANOS;
        long stillNanos = nowNanos - shownNanos;
        boolean stuck = stillNanos >= PATIENCE_NANOS || (needsKeyFrame && stillNanos >= KEY_FRAME_PATIENCE_NANOS);
        // Asking again before an answer can be here only brings two key frames.
        long waitNanos = needsKeyFrame ? Math.max(KEY_FRAME_PATIENCE_NANOS, roundTripNanos) : PATIENCE_NANOS;
        if (active && stuck && nowNanos - askedNanos >= waitNanos) {
            askedNanos = nowNanos;
            needsKeyFrame = true;
            outgoing.rtcp(List.of(new PictureLossIndication(Media.AUDIO_SSRC, DownlinkSsrcs.video(0))));
        }
        simulation.after(WATCH_STEP_NANOS, this::watch);
    }
}
