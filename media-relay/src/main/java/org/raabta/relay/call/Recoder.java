package org.raabta.relay.call;

import io.netty.buffer.ByteBuf;
import org.raabta.adapter.AudioPlan;

/** A transcoder in use by one receiver's lane: numbers what goes in, counts what goes wrong, and gives it back. */
final class Recoder {
    /** Numbers so far apart are another stream's to the transcoder, whatever its timestamps. */
    private static final long NEW_SOURCE = 1_000_000;

    private final TranscoderPool pool;
    private final AudioTranscoder transcoder;
    private final AudioTranscoder.Output out;
    private AudioPlan plan;
    private long sequence;

    Recoder(TranscoderPool pool, AudioTranscoder transcoder, AudioPlan plan, AudioTranscoder.Output out) {
        this.pool = pool;
        this.transcoder = transcoder;
        this.plan = plan;
        this.out = out;
    }

    void setPlan(AudioPlan wanted) {
        if (!wanted.equals(plan)) {
            plan = wanted;
            transcoder.setPlan(wanted);
        }
    }

    /** Takes a packet in order, after {@code missing} that did not come. */
    void accept(VoicePacket packet, long missing, long nowNanos) {
        sequence += 1 + missing;
        ByteBuf buffer = packet.buffer();
        transcoder.onPacket(
                buffer, packet.payloadIndex(), packet.payloadLength(), sequence, packet.timestamp(), nowNanos, out);
    }

    void newSource() {
        flush();
        sequence += NEW_SOURCE;
    }

    /** What waits goes out now. */
    void flush() {
        long deadline = transcoder.nextDeadlineNanos();
        if (deadline != Deadlines.NONE) {
            transcoder.onDeadline(deadline, out);
        }
    }

    void run(long nowNanos) {
        transcoder.onDeadline(nowNanos, out);
    }

    long nextDeadlineNanos() {
        return transcoder.nextDeadlineNanos();
    }

    void close() {
        pool.close(transcoder);
    }

    static Drop drop(AudioTranscoder.Fault fault) {
        return switch (fault) {
            case OVERSIZED -> Drop.TRANSCODER_OVERSIZED;
            case MALFORMED -> Drop.TRANSCODER_MALFORMED;
            case LATE -> Drop.TRANSCODER_LATE;
            case CONCEALED -> Drop.TRANSCODER_CONCEALED;
            case GAP -> Drop.TRANSCODER_GAP;
            case RESTARTED -> Drop.TRANSCODER_RESTARTED;
            case NOT_ENCODED -> Drop.TRANSCODER_NOT_ENCODED;
        };
    }
}
