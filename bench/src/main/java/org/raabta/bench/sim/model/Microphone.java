package org.raabta.bench.sim.model;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.SplittableRandom;
import org.raabta.adapter.AudioPlan;
import org.raabta.bench.emulator.Simulation;
import org.raabta.bench.score.SpeechActivity;
import org.raabta.relay.rtp.RedPayload;

/**
 * Opus as it is commanded: rate, packet length, RED with one copy, DTX. Packets are real ones on the outside (RFC 6716,
 * section 3): frames of 10 to 60 ms, and two of 60 ms in a packet of 120.
 */
final class Microphone {
    private static final int TICKS_PER_MS = 48;
    private static final long NANOS_PER_MS = 1_000_000;
    private static final int LONGEST_FRAME_MS = 60;

    /** SILK, wide band, 10 ms (section 3.1, table 2); 20, 40 and 60 ms follow. */
    private static final int WIDE_BAND = 8;

    /** Opus is of variable rate: speech packets differ by about a fifth, a quiet room takes half [assumption]. */
    private static final double SPREAD = 0.2;

    private static final double QUIET = 0.5;

    /** From this reported loss on the encoder lets each frame repeat the one before it, in the same bytes. */
    private static final double LOSS_FOR_FEC = 0.01;

    /** Below it in-band FEC does nothing (links-and-ladder, section 3). */
    private static final int LEAST_BPS_FOR_FEC = 17_000;

    /** How long after the last speech silence is left out, and how often it is refreshed (libopus). */
    private static final int DTX_AFTER_MS = 200;

    private static final int DTX_REFRESH_MS = 400;

    private final Simulation simulation;
    private final Outgoing outgoing;
    private final SpeechActivity speech;
    private final SplittableRandom random;
    private final ByteBuf packet = Unpooled.buffer(512);
    private final byte[] before = new byte[RedPayload.MAX_COPY_BYTES];
    private AudioPlan plan = SendCommands.FIRST.audio();
    private boolean on;
    private boolean mute;
    private double reportedLoss;
    private int beforeLength;
    private int beforeTimestamp;
    private int quietMs;
    private int sinceRefreshMs;
    private boolean silenceSaid;
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
            next();
        }
    }

    /** From the next packet on. */
    void obey(AudioPlan plan, boolean speech) {
        this.plan = plan;
        mute = !speech;
    }

    /** What the far end reports of our packets. */
    void setLoss(double share) {
        reportedLoss = share;
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

    private void next() {
        AudioPlan now = plan;
        simulation.after(now.packetMs() * NANOS_PER_MS, () -> step(now));
    }

    private void step(AudioPlan by) {
        long capturedNanos = simulation.nowNanos() - by.packetMs() * NANOS_PER_MS;
        boolean spoken = speech.activeMs(capturedNanos / 1e6, simulation.nowNanos() / 1e6) > 0;
        quietMs = spoken ? 0 : quietMs + by.packetMs();
        if (mute) {
            silenceSaid = false;
        } else if (by.dtx() && quietMs > DTX_AFTER_MS) {
            rest(by, capturedNanos);
        } else {
            silenceSaid = false;
            sinceRefreshMs = 0;
            encode(by, capturedNanos);
            send(by);
        }
        timestamp += by.packetMs() * TICKS_PER_MS;
        next();
    }

    /** The first packet without content says that silence begins; now and then one describes it. */
    private void rest(AudioPlan by, long capturedNanos) {
        sinceRefreshMs += by.packetMs();
        if (sinceRefreshMs >= DTX_REFRESH_MS) {
            sinceRefreshMs = 0;
            silenceSaid = false;
            encode(by, capturedNanos);
            send(by);
        } else if (!silenceSaid) {
            silenceSaid = true;
            packet.clear().writeByte(toc(frameMs(by), 1));
            send(by);
        }
    }

    private static int frameMs(AudioPlan by) {
        return Math.min(by.packetMs(), LONGEST_FRAME_MS);
    }

    private static int toc(int frameMs, int frames) {
        int length = frameMs <= 20 ? frameMs / 10 - 1 : frameMs / 20;
        return (WIDE_BAND + length) << 3 | (frames - 1); // code 1: two frames of one length
    }

    private void encode(AudioPlan by, long capturedNanos) {
        int frameMs = frameMs(by);
        int frames = by.packetMs() / frameMs;
        packet.clear().writeByte(toc(frameMs, frames));
        boolean fec = reportedLoss >= LOSS_FOR_FEC && by.bitrateBps() >= LEAST_BPS_FOR_FEC;
        boolean spoken = speech.activeMs(capturedNanos / 1e6, simulation.nowNanos() / 1e6) > 0;
        double usual = by.bitrateBps() * frameMs / 8000.0 * (spoken ? 1 : QUIET);
        double drawn = usual * (1 - SPREAD + 2 * SPREAD * random.nextDouble());
        int bytes = Math.max(Sound.LEAST_BYTES, (int) Math.round(drawn));
        for (int i = 0; i < frames; i++) {
            long fromNanos = capturedNanos + (long) i * frameMs * NANOS_PER_MS;
            boolean speaks = speech.isActive(fromNanos / 1e6 + frameMs / 2.0);
            new Sound(fromNanos, (speaks ? Sound.SPEECH : 0) | (fec ? Sound.FEC : 0)).writeTo(packet, bytes);
        }
    }

    private void send(AudioPlan by) {
        int length = packet.readableBytes();
        int offset = timestamp - beforeTimestamp;
        boolean copy = by.red() && beforeLength > 0 && offset > 0 && offset <= RedPayload.MAX_COPY_OFFSET;
        int copyLength = copy ? beforeLength : 0;
        int head = !by.red() ? 0 : copy ? RedPayload.HEAD_BYTES : 1;
        int total = head + copyLength + length;
        outgoing.rtp(by.red() ? Media.RED : Media.OPUS, false, packets, timestamp, Media.AUDIO_SSRC, total, out -> {
            if (copy) {
                RedPayload.writeHead(out, Media.OPUS, offset, copyLength);
                out.writeBytes(before, 0, copyLength);
            } else if (by.red()) {
                out.writeByte(Media.OPUS);
            }
            out.writeBytes(packet, packet.readerIndex(), length);
        });
        beforeLength = length <= before.length ? length : 0;
        packet.getBytes(packet.readerIndex(), before, 0, beforeLength);
        beforeTimestamp = timestamp;
        packets++;
        octets += total;
    }
}
