package org.raabta.bench.sim.model;

import java.util.List;
import java.util.SplittableRandom;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.VideoPlan;
import org.raabta.bench.emulator.Simulation;
import org.raabta.relay.rtp.SequenceNumbers;

/**
 * VP8 as it is commanded, at what the browser's own estimate leaves beside the voice and a talking face is worth, paced,
 * with key frames on request and retransmissions (RFC 4588). The payload holds the picture's number.
 */
final class Camera {
    /** The descriptor, and the header of a key frame (RFC 6386, section 9.1): behind them comes our number. */
    static final int DESCRIPTOR_BYTES = 5 + 10;

    private static final int START_CODE = 0x9d012a;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int TICKS_PER_SECOND = 90_000;
    private static final int MOST_PAYLOAD = 1100;
    private static final int LEAST_FRAME = 120;
    /**
     * The encoder's quality ends here: a picture of a face at 480x360 does not get smaller, and others are as much
     * smaller as their rows are fewer [assumption].
     */
    private static final double LEAST_KEY_FRAME = 3500.0 / 360;
    /**
     * The encoder's other end: a talking face at 160x120 and 8 pictures a second takes no more than 45 kbps, at
     * 320x240 and 15 about 160, at 640x480 and 30 about 700 [assumption]; between them by the pixels a second.
     */
    private static final double FACE_BPS = 45_000;

    private static final double FACE_PIXELS = 160 * 120 * 8;
    private static final double FACE_GROWTH = 0.66;
    /** The encoder's limit for key frames, in usual frames (half of its 600 ms buffer at 15/s). */
    private static final double KEY_FRAME = 4.5;
    /** The share of each frame that is saved until a key frame is paid for. */
    private static final double SAVING = 0.3;

    private static final double PACING = 2.5;
    /** Its pacer lets out at once what is due so soon (libwebrtc's bursty pacer) [measured: a picture's packets left within 0.2 ms]. */
    private static final long BURST_NANOS = 40_000_000L;

    private static final long MOST_PACED_NANOS = 266_000_000L;
    private static final long LEAST_KEY_FRAME_INTERVAL_NANOS = 300_000_000L;
    private static final int HISTORY = 1024;

    private final Simulation simulation;
    private final Outgoing outgoing;
    private final SendEstimate estimate;
    private final SplittableRandom random;
    private final Piece[] history = new Piece[HISTORY];
    private final long[] resentNanos = new long[HISTORY];
    private VideoPlan plan = VideoPlan.OFF;
    private double mostBps;
    private double voiceBps;
    private boolean on;
    private boolean running;
    private boolean keyFrameWanted;
    private long keyFrameNanos;
    private double debtBytes;
    private long paceNanos;
    private int frames;
    private int sequence;
    private int resent;
    private int packets;
    private int octets;
    private int timestamp;

    private record Piece(int sequence, int timestamp, int frame, boolean first, boolean last, boolean key, int bytes) {}

    Camera(Simulation simulation, Outgoing outgoing, SendEstimate estimate, SplittableRandom random) {
        this.simulation = simulation;
        this.outgoing = outgoing;
        this.estimate = estimate;
        this.random = random;
    }

    void obey(VideoPlan video, AudioPlan voice) {
        if (video.active() && (!on || video.maxHeight() != plan.maxHeight())) {
            keyFrameWanted = true; // a track that begins, and a picture of another size
        }
        plan = video;
        voiceBps = SendCommands.voiceBps(voice);
        on = video.active();
        outgoing.setSendTimes(on);
        if (on) {
            mostBps = Math.min(SendCommands.videoPayloadBps(video), faceBps(video));
        }
        if (on && !running) {
            running = true;
            step();
        }
    }

    private static double faceBps(VideoPlan video) {
        double pixels = video.maxHeight() * video.maxHeight() * 4.0 / 3 * video.maxFps();
        return FACE_BPS * StrictMath.pow(pixels / FACE_PIXELS, FACE_GROWTH);
    }

    /** At once, whatever was commanded. */
    void stop() {
        on = false;
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

    int timestamp() {
        return timestamp;
    }

    void onKeyFrameRequest() {
        keyFrameWanted = true;
    }

    private void step() {
        if (!on) {
            running = false;
            return;
        }
        int perSecond = plan.maxFps();
        timestamp += TICKS_PER_SECOND / perSecond;
        // What the pacer has not sent yet is not added to: the encoder is told to drop the picture.
        if (paceNanos - simulation.nowNanos() < MOST_PACED_NANOS) {
            encode(perSecond);
        }
        simulation.after(SECOND_NANOS / perSecond, this::step);
    }

    private void encode(int perSecond) {
        long nowNanos = simulation.nowNanos();
        double usualBytes = rate() / 8 / perSecond;
        boolean key = frames == 0 || (keyFrameWanted && nowNanos - keyFrameNanos >= LEAST_KEY_FRAME_INTERVAL_NANOS);
        double bytes;
        if (key) {
            keyFrameWanted = false;
            keyFrameNanos = nowNanos;
            bytes = Math.max(LEAST_KEY_FRAME * plan.maxHeight(), KEY_FRAME * usualBytes);
            debtBytes += bytes - usualBytes;
        } else {
            double saved = Math.min(debtBytes, SAVING * usualBytes);
            debtBytes -= saved;
            bytes = Math.max(LEAST_FRAME, (usualBytes - saved) * (0.7 + 0.6 * random.nextDouble()));
        }
        packetize((int) bytes, key);
    }

    private double rate() {
        double left = estimate.bitsPerSecond() - voiceBps;
        return Math.min(mostBps, Math.max(Media.VIDEO_LEAST_BPS, left));
    }

    private void packetize(int frameBytes, boolean key) {
        int count = (frameBytes + MOST_PAYLOAD - 1) / MOST_PAYLOAD;
        for (int i = 0; i < count; i++) {
            int bytes = Math.max(DESCRIPTOR_BYTES + 5, frameBytes / count);
            Piece piece = new Piece(sequence, timestamp, frames, i == 0, i == count - 1, key, bytes);
            history[sequence % HISTORY] = piece;
            resentNanos[sequence % HISTORY] = Long.MIN_VALUE / 2;
            sequence++;
            simulation.at(pace(bytes), () -> send(piece));
        }
        frames++;
    }

    /** When the next packet leaves. */
    private long pace(int bytes) {
        long nowNanos = simulation.nowNanos();
        long dueNanos = Math.max(nowNanos, paceNanos);
        paceNanos = dueNanos + (long) (bytes * 8e9 / (PACING * estimate.bitsPerSecond()));
        return Math.max(nowNanos, dueNanos - BURST_NANOS);
    }

    private void send(Piece piece) {
        packets++;
        octets += piece.bytes;
        outgoing.rtp(
                Media.VP8,
                piece.last,
                piece.sequence,
                piece.timestamp,
                Media.VIDEO_SSRC,
                piece.bytes,
                out -> write(piece, out));
    }

    /** The payload descriptor with picture id and TL0PICIDX (RFC 7741, section 4.2), then our own number. */
    private static void write(Piece piece, io.netty.buffer.ByteBuf out) {
        out.writeByte(piece.first ? 0x90 : 0x80);
        out.writeByte(0xC0);
        out.writeShort(0x8000 | (piece.frame & 0x7FFF));
        out.writeByte(piece.frame);
        out.writeByte(piece.first && piece.key ? 0x10 : 0x11);
        out.writeZero(2);
        out.writeMedium(START_CODE);
        out.writeShortLE(Media.WIDTH).writeShortLE(Media.HEIGHT);
        out.writeInt(piece.frame);
        out.writeZero(piece.bytes - DESCRIPTOR_BYTES - 4);
    }

    void onNack(List<Integer> sequences) {
        for (int wanted : sequences) {
            long unwrapped = SequenceNumbers.nearest(wanted, sequence);
            Piece piece = unwrapped < 0 ? null : history[(int) (unwrapped % HISTORY)];
            if (piece != null && piece.sequence == unwrapped) {
                resend(piece);
            }
        }
    }

    private void resend(Piece piece) {
        long nowNanos = simulation.nowNanos();
        int cell = piece.sequence % HISTORY;
        if (nowNanos - resentNanos[cell] < estimate.roundTripMs() * 1e6) {
            return; // it is under way
        }
        resentNanos[cell] = nowNanos;
        simulation.at(
                pace(piece.bytes),
                () -> outgoing.rtp(
                        Media.RTX,
                        piece.last,
                        resent++,
                        piece.timestamp,
                        Media.RTX_SSRC,
                        piece.bytes + 2,
                        out -> write(piece, out.writeShort(piece.sequence))));
    }
}
