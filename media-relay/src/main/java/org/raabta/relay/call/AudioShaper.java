package org.raabta.relay.call;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.AudioPlan;
import org.raabta.relay.opus.OpusPacket;
import org.raabta.relay.opus.Repacketizer;
import org.raabta.relay.rtp.RedPayload;

/**
 * Makes a sender's speech into packets of the planned length without decoding it: headers are most of thin voice, and a
 * sender may not have reacted yet or may not take commands at all.
 *
 * <pre>
 * MediaPacket -> copies of RED that fill holes -> long enough, silence, not Opus? -> handed on untouched
 *                                              -> else group -> full, config, gap, marker, deadline -> one packet
 * </pre>
 *
 * Numbering: a run of untouched packets keeps the source's numbers (plus an offset), so a late one fills its gap; groups
 * are numbered one by one, with numbers left out where, and only where, time is missing because packets were lost.
 */
final class AudioShaper {
    /** Where shaped packets go. */
    interface Output {
        /** Borrows {@code packet}. */
        void send(VoicePacket packet, long nowNanos);

        /** There is no packet of this number and will be none: the receiver's numbers close over it. */
        void skip(UplinkStream stream, long sequence);

        /** The sender's clock was set: what comes next has timestamps of its own. */
        void restart();
    }

    /** A joined packet leaves room for a redundant copy within a path's limit. */
    static final int MAX_PAYLOAD_BYTES = 1000;

    /** Opus of one or two bytes is silence (RFC 6716, section 2.1.9): receivers know it by its length, so it is not joined. */
    private static final int SILENCE_BYTES = 2;

    /** How much later than it was due a packet may come and still find its group open. */
    static final long SLACK_NANOS = 60_000_000L;

    private static final int TICKS_PER_MS = 48;
    private static final long NANOS_PER_TICK_TIMES_3 = 62_500L;

    private final Output output;
    private final Drops drops;
    private final Repacketizer group = new Repacketizer(MAX_PAYLOAD_BYTES);
    private final ByteBuf joined = Unpooled.wrappedBuffer(new byte[MAX_PAYLOAD_BYTES]);
    private final SeenPackets sent = new SeenPackets();
    private int targetTicks;

    private @Nullable UplinkStream stream;
    private long lastIn;
    private long lastOut;
    /** The timestamp that follows what came last without a gap; of no meaning while not {@code timed}. */
    private int nextTimestamp;

    private boolean timed;

    /** A run of untouched packets: those from {@code runStart} on are numbered with {@code runOffset}. */
    private boolean running;

    private long runStart;
    private long runOffset;

    private long groupSequence;
    private int groupTimestamp;
    private boolean groupMarker;
    private long groupDeadlineNanos = Deadlines.NONE;

    private @Nullable Recoder recoder;
    /** The first packet that is coded anew goes on where the last joined one ended: numbers to leave out, and no marker. */
    private boolean joining;

    private long joinLeftOut;
    /** When the call came that makes the transcoder speak. */
    private long recodedNanos;

    /** @param rewriter what has been sent so far: untouched packets go on in its numbering */
    AudioShaper(Output output, Drops drops, SequenceRewriter rewriter) {
        this.output = output;
        this.drops = drops;
        this.stream = rewriter.source();
        this.lastIn = rewriter.highestIn();
        this.lastOut = rewriter.highestIn();
        this.running = stream != null;
        this.runStart = Long.MIN_VALUE;
    }

    /** Packets are to be {@code packetMs} long at least; what is collected already need not wait for more than that. */
    void setPacketMs(int packetMs, long nowNanos) {
        targetTicks = Math.min(packetMs * TICKS_PER_MS, OpusPacket.MAX_TICKS);
        if (group.ticks() >= targetTicks) {
            flush(nowNanos);
        }
    }

    /** Takes the next packet, which it borrows; with {@code keepRed} redundancy may travel as it came. */
    void accept(MediaPacket packet, boolean keepRed, long nowNanos) {
        recodedNanos = nowNanos;
        if (stream != packet.stream()) {
            flush(nowNanos);
            if (recoder != null) {
                recoder.newSource();
            }
            stream = packet.stream();
            lastIn = packet.sequence() - 1;
            timed = false;
            running = false;
        }
        if (packet.sequence() <= lastIn) {
            acceptLate(packet, keepRed, nowNanos);
            return;
        }
        RedPayload red = packet.red();
        int index = red == null ? packet.payloadIndex() : red.primaryIndex();
        int length = red == null ? packet.payloadLength() : red.primaryLength();
        if (packet.empty() || length == 0) {
            acceptNothing(packet);
            return;
        }
        ByteBuf buffer = packet.buffer();
        OpusPacket opus = OpusPacket.tryParse(buffer, index, length);
        boolean untouched = opus == null || opus.ticks() >= targetTicks || length <= SILENCE_BYTES;
        if (red != null && keepRed && untouched && recoder == null) {
            VoicePacket whole = new VoicePacket(
                    packet.stream(),
                    packet.sequence(),
                    packet.timestamp(),
                    packet.marker(),
                    buffer,
                    packet.payloadIndex(),
                    packet.payloadLength(),
                    red);
            take(whole, opus, true, nowNanos);
            return;
        }
        if (red != null) {
            takeCopies(packet, red, nowNanos);
        }
        take(plain(packet, packet.sequence(), index, length), opus, untouched, nowNanos);
    }

    private static VoicePacket plain(MediaPacket packet, long sequence, int index, int length) {
        return new VoicePacket(
                packet.stream(), sequence, packet.timestamp(), packet.marker(), packet.buffer(), index, length, null);
    }

    /** Copies of packets that did not come take their places; the newest block but one is the packet before, and so on. */
    private void takeCopies(MediaPacket packet, RedPayload red, long nowNanos) {
        int copies = red.blocks() - 1;
        int index = red.copiesIndex();
        for (int copy = 0; copy < copies; copy++) {
            int length = red.copyLength(packet.buffer(), copy);
            long sequence = packet.sequence() - (copies - copy);
            int timestamp = packet.timestamp() - red.copyOffset(packet.buffer(), copy);
            if (sequence > lastIn && length > 0 && timed && timestamp - nextTimestamp >= 0) {
                OpusPacket opus = OpusPacket.tryParse(packet.buffer(), index, length);
                boolean untouched = opus == null || opus.ticks() >= targetTicks || length <= SILENCE_BYTES;
                VoicePacket filled = new VoicePacket(
                        packet.stream(), sequence, timestamp, false, packet.buffer(), index, length, null);
                take(filled, opus, untouched, nowNanos);
            }
            index += length;
        }
    }

    /** A packet that comes after a later one can only fill a gap among untouched ones. */
    private void acceptLate(MediaPacket packet, boolean keepRed, long nowNanos) {
        RedPayload red = packet.red();
        int index = red == null || keepRed ? packet.payloadIndex() : red.primaryIndex();
        int length = red == null || keepRed ? packet.payloadLength() : red.primaryLength();
        if (packet.empty() || length == 0) {
            return;
        }
        if (!running || packet.sequence() < runStart) {
            drops.count(Drop.TOO_LATE);
            return;
        }
        VoicePacket late = plain(packet, packet.sequence(), index, length);
        send(red != null && keepRed ? withRed(late, red) : late, packet.sequence() + runOffset, nowNanos);
    }

    private static VoicePacket withRed(VoicePacket packet, RedPayload red) {
        return new VoicePacket(
                packet.stream(),
                packet.sequence(),
                packet.timestamp(),
                packet.marker(),
                packet.buffer(),
                packet.payloadIndex(),
                packet.payloadLength(),
                red);
    }

    /** Padding and the like: its number is neither sent nor missed. */
    private void acceptNothing(MediaPacket packet) {
        if (running) {
            long sequence = packet.sequence() + runOffset;
            output.skip(packet.stream(), sequence);
            lastOut = Math.max(lastOut, sequence);
            lastIn = packet.sequence();
        } else {
            lastIn++;
        }
    }

    /** Takes one packet in order. {@code opus} is null if its payload is not Opus: that is for the receiver to refuse. */
    private void take(VoicePacket packet, @Nullable OpusPacket opus, boolean untouched, long nowNanos) {
        long missing = packet.sequence() - lastIn - 1;
        lastIn = packet.sequence();
        boolean contiguous = timed && packet.timestamp() == nextTimestamp;
        long leftOut = contiguous ? 0 : leftOut(packet.timestamp(), missing);
        nextTimestamp = packet.timestamp() + (opus == null ? 0 : opus.ticks());
        boolean joins = timed;
        timed = true;
        if (recoder != null) {
            if (joining) {
                joinLeftOut = leftOut;
                joining = joins && contiguous;
            }
            recoder.accept(packet, Math.max(0, missing), nowNanos);
            return;
        }
        if (untouched || opus == null) {
            flush(nowNanos);
            if (!running) {
                running = true;
                runStart = packet.sequence();
                runOffset = lastOut + 1 + leftOut - packet.sequence();
            }
            send(packet, packet.sequence() + runOffset, nowNanos);
            return;
        }
        running = false;
        if (packet.marker() || !contiguous) {
            flush(nowNanos);
        }
        if (!group.add(opus)) {
            flush(nowNanos);
            if (!group.add(opus)) { // too long to be copied
                send(packet, lastOut + 1 + leftOut, nowNanos);
                return;
            }
        }
        if (group.ticks() == opus.ticks()) {
            open(packet, lastOut + 1 + leftOut, opus.ticks(), nowNanos);
        }
        if (group.ticks() >= targetTicks) {
            flush(nowNanos);
        }
    }

    /** How many numbers stand for what was lost before {@code timestamp}: about as many as it would have filled. */
    private long leftOut(int timestamp, long missing) {
        if (missing <= 0) {
            return 0;
        }
        int lostTicks = timed ? timestamp - nextTimestamp : 0;
        return lostTicks <= 0 ? 0 : Math.max(1, Math.min(missing, (lostTicks + targetTicks / 2L) / targetTicks));
    }

    private void open(VoicePacket first, long sequence, int ticks, long nowNanos) {
        groupSequence = sequence;
        groupTimestamp = first.timestamp();
        groupMarker = first.marker();
        long restNanos = (targetTicks - ticks) * NANOS_PER_TICK_TIMES_3 / 3;
        groupDeadlineNanos = nowNanos + Math.max(0, restNanos) + SLACK_NANOS;
    }

    private void flush(long nowNanos) {
        UplinkStream source = stream;
        if (group.isEmpty() || source == null) {
            return;
        }
        joined.clear();
        int length = group.length();
        group.writeTo(joined);
        VoicePacket packet =
                new VoicePacket(source, groupSequence, groupTimestamp, groupMarker, joined, 0, length, null);
        discardGroup();
        send(packet, groupSequence, nowNanos);
    }

    private void discardGroup() {
        group.clear();
        groupDeadlineNanos = Deadlines.NONE;
    }

    private void send(VoicePacket packet, long sequence, long nowNanos) {
        lastOut = Math.max(lastOut, sequence);
        if (sent.tooOld(sequence) || !sent.add(sequence)) {
            drops.count(Drop.DUPLICATE); // a copy in a later packet was quicker
            return;
        }
        VoicePacket numbered = new VoicePacket(
                packet.stream(),
                sequence,
                packet.timestamp(),
                packet.marker(),
                packet.buffer(),
                packet.payloadIndex(),
                packet.payloadLength(),
                packet.red());
        output.send(numbered, nowNanos);
    }

    /** The receiver does not get the person's voice now: what is collected is of no use any more. */
    void discard() {
        discardGroup();
        if (recoder != null) {
            recoder.close();
            recoder = null;
        }
    }

    boolean recodes() {
        return recoder != null;
    }

    /** From now on speech is coded anew, in packets of the plan. */
    void startRecoding(TranscoderPool pool, AudioTranscoder transcoder, AudioPlan plan, long nowNanos) {
        flush(nowNanos);
        running = false;
        joining = true;
        recoder = new Recoder(pool, transcoder, plan, recoded());
    }

    void setRecodingPlan(AudioPlan plan) {
        if (recoder != null) {
            recoder.setPlan(plan);
        }
    }

    /** From now on packets are joined again; what waits in the encoder goes out before. */
    void stopRecoding(long nowNanos) {
        if (recoder != null) {
            recodedNanos = nowNanos;
            recoder.flush();
            recoder.close();
            recoder = null;
        }
    }

    private AudioTranscoder.Output recoded() {
        return new AudioTranscoder.Output() {
            @Override
            public void packet(ByteBuf opus, int timestamp, boolean marker, int lostBefore) {
                sendRecoded(opus, timestamp, marker, lostBefore);
            }

            @Override
            public void fault(AudioTranscoder.Fault fault) {
                drops.count(Recoder.drop(fault));
                if (fault == AudioTranscoder.Fault.RESTARTED) {
                    output.restart();
                }
            }
        };
    }

    private void sendRecoded(ByteBuf opus, int timestamp, boolean marker, int lostBefore) {
        UplinkStream source = stream;
        if (source == null) {
            return; // a packet of it came before
        }
        long sequence = lastOut + 1 + lostBefore + joinLeftOut;
        boolean begins = marker && !joining;
        joining = false;
        joinLeftOut = 0;
        int length = opus.readableBytes();
        send(
                new VoicePacket(source, sequence, timestamp, begins, opus, opus.readerIndex(), length, null),
                sequence,
                recodedNanos);
    }

    /** To be called when {@link #nextDeadlineNanos()} has come; harmless at any other time. */
    void run(long nowNanos) {
        if (Deadlines.due(groupDeadlineNanos, nowNanos)) {
            flush(nowNanos);
        }
        if (recoder != null && Deadlines.due(recoder.nextDeadlineNanos(), nowNanos)) {
            recodedNanos = nowNanos;
            recoder.run(nowNanos);
        }
    }

    /** When a group goes out as it is, or {@link Deadlines#NONE}. */
    long nextDeadlineNanos() {
        return recoder == null ? groupDeadlineNanos : recoder.nextDeadlineNanos();
    }
}
