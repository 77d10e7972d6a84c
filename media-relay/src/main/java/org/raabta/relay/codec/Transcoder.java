package org.raabta.relay.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.raabta.adapter.AudioPlan;
import org.raabta.relay.call.AudioTranscoder;

/**
 * Decoder, a short queue of samples, encoder.
 *
 * <pre>
 * packet -> hole before it? -> made up, up to 100 ms -> queue -> encoder, whenever a packet of the plan is full -> out
 *                           -> or left out: what waits goes out short, and the next packet starts at its own timestamp
 * </pre>
 *
 * The queue never holds a hole: {@code endTimestamp} minus its length is when it begins. All native memory is made at
 * the start; packets make none.
 */
public final class Transcoder implements AudioTranscoder {
    private static final int TICKS_PER_MS = OpusDecoder.RATE_HZ / 1000;

    /** What libopus makes up fades away; after this long it is silence, and a gap is the truth. */
    static final int MAX_CONCEALED_SAMPLES = 100 * TICKS_PER_MS;

    /** Less than a packet of the plan, what was made up, and one packet that came. */
    private static final int QUEUE_SAMPLES = OpusDecoder.MAX_SAMPLES + MAX_CONCEALED_SAMPLES + OpusDecoder.MAX_SAMPLES;

    /** Numbers further apart than this (a minute of 20 ms packets) are another stream's. */
    private static final int MAX_STEP = 3000;

    /** A sender that says nothing more for this long past its next packet has paused: the end of a word does not wait for the next one. */
    private static final long PATIENCE_NANOS = 60_000_000L;

    /** More numbers than this are not left out at once: receivers take larger steps for another stream. */
    private static final int MAX_LOST_BEFORE = 500;

    /** Of a packet, in samples, longest first (RFC 6716, section 3.2.5: frames and their multiples up to 120 ms). */
    private static final int[] LENGTHS = {5760, 4800, 3840, 2880, 1920, 960, 480, 240, 120};

    /** A packet of this many bytes is the encoder's way to say that there is nothing to send (DTX). */
    private static final int SILENT_BYTES = 2;

    /** The best that hardly costs more than the least; docs/adr/0009 has the figures. */
    static final int COMPLEXITY = 5;

    private final OpusDecoder decoder;
    private final OpusEncoder encoder;
    private final short[] queue = new short[QUEUE_SAMPLES];
    private final byte[] packet = new byte[OpusEncoder.MAX_PACKET_BYTES];
    private final ByteBuf packetView = Unpooled.wrappedBuffer(packet);

    private final RateHold rate = new RateHold();
    private int packetSamples;
    private boolean dtx;
    private int queued;
    private int endTimestamp;
    private boolean started;
    private long lastSequence;
    private boolean marker = true;
    private int lostBefore;
    private long flushNanos = Long.MAX_VALUE;

    Transcoder(OpusDecoder decoder, OpusEncoder encoder, AudioPlan plan) {
        this.decoder = decoder;
        this.encoder = encoder;
        encoder.setComplexity(COMPLEXITY);
        setPlan(plan);
    }

    @Override
    public void setPlan(AudioPlan plan) {
        rate.want(plan.bitrateBps());
        encoder.setBitrate(plan.bitrateBps());
        encoder.setDtx(plan.dtx());
        dtx = plan.dtx();
        packetSamples = packetSamples(plan.packetMs());
    }

    private static int packetSamples(int packetMs) {
        for (int length : LENGTHS) {
            if (length == packetMs * TICKS_PER_MS) {
                return length;
            }
        }
        throw new IllegalArgumentException("no Opus packet has " + packetMs + " ms");
    }

    @Override
    public void onPacket(ByteBuf from, int index, int length, long sequence, int timestamp, long nowNanos, Output out) {
        if (length > OpusDecoder.MAX_PACKET_BYTES) {
            out.fault(Fault.OVERSIZED);
            return;
        }
        int samples = decoder.take(from, index, length);
        if (samples <= 0) {
            out.fault(Fault.MALFORMED);
            return;
        }
        if (started && !follows(sequence, timestamp)) {
            if (isLate(sequence)) {
                out.fault(Fault.LATE);
                return;
            }
            restart(out);
        }
        if (started) {
            bridge(length, sequence - lastSequence > 1, timestamp, out);
        } else {
            started = true;
            endTimestamp = timestamp;
        }
        int decoded = decoder.decode(length);
        if (decoded > 0) {
            append(decoded);
            lastSequence = sequence;
        } else {
            out.fault(Fault.MALFORMED); // its place stays empty, and is bridged when the next one comes
        }
        while (queued >= packetSamples) {
            encode(packetSamples, out);
        }
        flushNanos = queued == 0 ? Long.MAX_VALUE : nowNanos + PATIENCE_NANOS + samples * 62_500L / 3;
    }

    private boolean follows(long sequence, int timestamp) {
        long step = sequence - lastSequence;
        return step > 0 && step <= MAX_STEP && timestamp - endTimestamp >= 0;
    }

    private boolean isLate(long sequence) {
        long step = sequence - lastSequence;
        return step <= 0 && step >= -MAX_STEP;
    }

    private void restart(Output out) {
        flush(out);
        out.fault(Fault.RESTARTED);
        decoder.reset();
        started = false;
        marker = true;
    }

    /** Deals with the time between what is queued and the packet taken last, which begins at {@code timestamp}. */
    private void bridge(int length, boolean lost, int timestamp, Output out) {
        int hole = timestamp - endTimestamp;
        int made = Math.min(hole, MAX_CONCEALED_SAMPLES) / OpusDecoder.STEP_SAMPLES * OpusDecoder.STEP_SAMPLES;
        if (lost && made > 0) {
            int result = made == hole ? decoder.decodeBefore(length, made) : decoder.conceal(made);
            if (result > 0) {
                append(result);
                out.fault(Fault.CONCEALED);
            }
        }
        int left = timestamp - endTimestamp;
        if (left == 0) {
            return;
        }
        flush(out);
        marker = true;
        endTimestamp = timestamp;
        if (lost) {
            lostBefore = Math.min(MAX_LOST_BEFORE, lostBefore + Math.max(1, left / packetSamples));
            out.fault(Fault.GAP);
        }
    }

    private void append(int samples) {
        decoder.read(queue, queued, samples);
        queued += samples;
        endTimestamp += samples;
    }

    /** Sends all that waits, in as few packets as the plan allows: every length is a multiple of 2.5 ms. */
    private void flush(Output out) {
        for (int length : LENGTHS) {
            while (length <= packetSamples && queued >= length) {
                encode(length, out);
            }
        }
        flushNanos = Long.MAX_VALUE;
    }

    private void encode(int samples, Output out) {
        int timestamp = endTimestamp - queued;
        int bytes = encoder.encode(queue, 0, samples);
        queued -= samples;
        System.arraycopy(queue, samples, queue, 0, queued);
        if (bytes <= 0) {
            out.fault(Fault.NOT_ENCODED);
            lostBefore = Math.min(MAX_LOST_BEFORE, lostBefore + 1);
        } else if (dtx && bytes <= SILENT_BYTES) {
            marker = true;
        } else {
            encoder.read(packet, bytes);
            out.packet(packetView.setIndex(0, bytes), timestamp, marker, lostBefore);
            marker = false;
            lostBefore = 0;
            if (rate.onPacket(bytes, samples)) {
                encoder.setBitrate(rate.askBps());
            }
        }
    }

    @Override
    public void onDeadline(long nowNanos, Output out) {
        if (flushNanos != Long.MAX_VALUE && nowNanos - flushNanos >= 0) {
            flush(out);
        }
    }

    @Override
    public long nextDeadlineNanos() {
        return flushNanos;
    }

    @Override
    public void close() {
        decoder.close();
        encoder.close();
    }
}
