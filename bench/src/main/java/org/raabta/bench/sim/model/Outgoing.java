package org.raabta.bench.sim.model;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.raabta.bench.emulator.Simulation;
import org.raabta.bench.emulator.Transport;
import org.raabta.bench.emulator.Way;
import org.raabta.relay.rtp.RtcpMessage;
import org.raabta.relay.rtp.RtpHeader;
import org.raabta.relay.rtp.RtpPacket;
import org.raabta.relay.rtp.SequenceNumbers;
import org.raabta.relay.rtp.TransportFeedback;

/** The sending side of one browser's transport: stamps packets, remembers them, and reads the feedback about them. */
final class Outgoing {
    private static final int SEND_TIME_BYTES = 4;
    private static final int WINDOW = 8192;
    private static final long FORGOTTEN = Long.MIN_VALUE;

    /** Plain heap without leak detection: a simulation that loses a packet has lost it for good. */
    private static final ByteBufAllocator ALLOCATOR = new UnpooledByteBufAllocator(false, true);

    private final Simulation simulation;
    private final Cable cable;
    private final Consumer<ByteBuf> rtpAtRelay;
    private final Consumer<ByteBuf> rtcpAtRelay;
    private final SendEstimate estimate;
    private final long[] sequences = new long[WINDOW];
    private final long[] sentNanos = new long[WINDOW];
    private final int[] bytes = new int[WINDOW];
    private boolean sendTimes;
    private boolean stamps = true;
    private long next;
    /** Every feedback message speaks of numbers behind the last one's. */
    private long spokenOf = -1;

    /** @param rtpAtRelay borrows */
    Outgoing(
            Simulation simulation,
            Cable cable,
            SendEstimate estimate,
            Consumer<ByteBuf> rtpAtRelay,
            Consumer<ByteBuf> rtcpAtRelay) {
        this.simulation = simulation;
        this.cable = cable;
        this.estimate = estimate;
        this.rtpAtRelay = rtpAtRelay;
        this.rtcpAtRelay = rtcpAtRelay;
        Arrays.fill(sequences, FORGOTTEN);
    }

    static ByteBuf buffer(int capacity) {
        return ALLOCATOR.heapBuffer(capacity);
    }

    /** Whether packets carry a transport-wide number. */
    void setStamps(boolean on) {
        stamps = on;
    }

    /** Whether they also say when they left. */
    void setSendTimes(boolean on) {
        sendTimes = on;
    }

    /** Sends a packet whose payload {@code writer} appends. */
    void rtp(
            int payloadType,
            boolean marker,
            int sequence,
            int timestamp,
            int ssrc,
            int payloadBytes,
            Consumer<ByteBuf> writer) {
        RtpHeader plain = RtpHeader.plain(payloadType, marker, sequence & 0xFFFF, timestamp, ssrc);
        RtpHeader header = stamps ? plain.stamped(Media.STAMP_ID, SequenceNumbers.wire(next)) : plain;
        ByteBuf packet = buffer(header.length() + SEND_TIME_BYTES + payloadBytes);
        header.writeTo(packet);
        if (stamps && sendTimes) {
            addSendTime(packet);
        }
        writer.accept(packet);
        if (stamps) {
            int cell = (int) (next % WINDOW);
            sequences[cell] = next++;
            sentNanos[cell] = simulation.nowNanos();
            bytes[cell] = packet.readableBytes();
        }
        carry(packet, Wire.ofRtp(packet.readableBytes()), rtpAtRelay);
    }

    /** Behind the stamp, in place of its padding: one more word of extensions (RFC 8285, section 4.2). */
    private void addSendTime(ByteBuf packet) {
        packet.setShort(RtpPacket.FIXED_HEADER_BYTES + 2, 2);
        packet.setByte(packet.writerIndex() - 1, Media.SEND_TIME_ID << 4 | 2);
        packet.writeMedium((int) (simulation.nowNanos() * (1 << 18) / 1_000_000_000L));
        packet.writeByte(0);
    }

    void rtcp(List<? extends RtcpMessage> messages) {
        int length = 0;
        for (RtcpMessage message : messages) {
            length += message.length();
        }
        ByteBuf packet = buffer(length);
        for (RtcpMessage message : messages) {
            message.writeTo(packet);
        }
        carry(packet, Wire.ofRtcp(length), rtcpAtRelay);
    }

    /** A consent check; {@code answered} runs when its answer is back. */
    void check(Runnable answered) {
        long atRelayNanos = cable.arrivalNanos(Way.UP, Transport.UDP, Wire.CHECK, simulation.nowNanos());
        if (atRelayNanos != Cable.NEVER) {
            simulation.at(atRelayNanos, () -> answer(answered));
        }
    }

    private void answer(Runnable answered) {
        long backNanos = cable.arrivalNanos(Way.DOWN, Transport.UDP, Wire.CHECK_ANSWER, simulation.nowNanos());
        if (backNanos != Cable.NEVER) {
            simulation.at(backNanos, answered);
        }
    }

    private void carry(ByteBuf packet, int ipBytes, Consumer<ByteBuf> receiver) {
        long atNanos = cable.arrivalNanos(Way.UP, Transport.UDP, ipBytes, simulation.nowNanos());
        if (atNanos == Cable.NEVER) {
            packet.release();
            return;
        }
        simulation.at(atNanos, () -> {
            receiver.accept(packet);
            packet.release();
        });
    }

    void onFeedback(TransportFeedback feedback) {
        double nowMs = simulation.nowNanos() / 1e6;
        long base = SequenceNumbers.nearest(feedback.baseSequence(), next);
        // The reference time wraps at 2^32 ticks, twelve days: longer than any run.
        long ticks = feedback.referenceTicks();
        double tripMs = Double.NaN;
        for (int i = 0; i < feedback.packets(); i++) {
            ticks += feedback.received(i) ? feedback.delta(i) : 0;
            int cell = (int) Math.floorMod(base + i, (long) WINDOW);
            if (sequences[cell] != base + i) {
                continue;
            }
            if (feedback.received(i)) {
                sequences[cell] = FORGOTTEN;
                estimate.onArrived(sentNanos[cell] / 1e6, ticks * TransportFeedback.TICK_NANOS / 1e6, bytes[cell]);
                tripMs = nowMs - sentNanos[cell] / 1e6;
            } else if (base + i > spokenOf) {
                estimate.onLost();
            }
        }
        skipped(base);
        spokenOf = Math.max(spokenOf, base + feedback.packets() - 1);
        if (!Double.isNaN(tripMs)) {
            estimate.onFeedback(tripMs, nowMs);
        }
    }

    /** Numbers between two messages were in one that got lost: nothing is known of them. */
    private void skipped(long base) {
        for (long lost = Math.max(spokenOf + 1, base - WINDOW); lost < base; lost++) {
            sequences[(int) Math.floorMod(lost, (long) WINDOW)] = FORGOTTEN;
        }
    }
}
