package org.raabta.bench.speed;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.raabta.adapter.Decision;
import org.raabta.adapter.profile.Profile;
import org.raabta.relay.call.Call;
import org.raabta.relay.call.CallOutput;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.LegKind;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.Role;
import org.raabta.relay.control.SendCommand;
import org.raabta.relay.control.StillPicture;
import org.raabta.relay.control.TransferRoom;
import org.raabta.signaling.profile.ProfileFiles;
import org.raabta.signaling.profile.UnusableProfileException;

/**
 * One audio packet from a patient to a doctor through {@link Call}: everything but encryption and the socket.
 * {@link AdapterBenchmark} times the adapter's part of it alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PacketPathBenchmark {
    private static final LegId PATIENT = new LegId("patient");
    private static final LegId DOCTOR = new LegId("doctor");
    private static final int OPUS = 111;
    private static final int PAYLOAD_BYTES = 80;
    private static final int HEADER_BYTES = 20;
    private static final long PACKET_NANOS = 20_000_000L;
    private static final int PACKET_TICKS = 960;
    private static final int TRANSPORT_CC = 3;

    private final Sink sink = new Sink();
    private final ByteBuf packet = sink.allocate(HEADER_BYTES + PAYLOAD_BYTES);
    private Call call = new Call(sink, ladder(), 1, 0);
    private long nowNanos;
    private int sequence;

    /** Takes what goes out, and counts it. */
    private static final class Sink implements CallOutput {
        private long bytes;

        @Override
        public ByteBuf allocate(int capacity) {
            return PooledByteBufAllocator.DEFAULT.heapBuffer(capacity + 32);
        }

        @Override
        public void sendRtp(LegId leg, ByteBuf packet) {
            bytes += packet.readableBytes();
            packet.release();
        }

        @Override
        public void sendRtcp(LegId leg, ByteBuf packet) {
            bytes += packet.readableBytes();
            packet.release();
        }

        @Override
        public void command(LegId leg, SendCommand command) {}

        @Override
        public void decided(Direction direction, Decision decision) {}

        @Override
        public void transferRoom(LegId leg, TransferRoom room) {}

        @Override
        public void still(Direction direction, StillPicture picture) {}
    }

    static Profile ladder() {
        try {
            return ProfileFiles.read("default");
        } catch (UnusableProfileException e) {
            throw new IllegalStateException("the shipped profile", e);
        }
    }

    @Setup
    public void admit() {
        call = new Call(sink, ladder(), 1, nowNanos);
        join(PATIENT, Role.PATIENT);
        join(DOCTOR, Role.DOCTOR);
        call.admit(nowNanos);
        packet.writeByte(0x90).writeByte(OPUS).writeShort(0).writeInt(0).writeInt(0x1111);
        packet.writeShort(0xBEDE)
                .writeShort(1)
                .writeByte(TRANSPORT_CC << 4 | 1)
                .writeShort(0)
                .writeByte(0);
        packet.writeZero(PAYLOAD_BYTES);
    }

    private void join(LegId leg, Role role) {
        call.addLeg(leg, role, LegKind.WEB, nowNanos);
        call.setMedia(
                leg,
                new MediaDescription(
                        new MediaDescription.Audio(OPUS, 63),
                        Optional.of(new MediaDescription.Video(96, 97)),
                        new MediaDescription.Extensions(MediaDescription.NONE, TRANSPORT_CC)),
                nowNanos);
        call.setConnected(leg, true, nowNanos);
    }

    /** The deadlines that come between two packets (reports, feedback) are part of it. */
    @Benchmark
    public long audio() {
        nowNanos += PACKET_NANOS;
        sequence++;
        packet.setShort(2, sequence).setInt(4, sequence * PACKET_TICKS).setShort(17, sequence);
        call.onRtp(PATIENT, packet, nowNanos);
        if (call.nextDeadlineNanos() <= nowNanos) {
            call.onDeadline(nowNanos);
        }
        return sink.bytes;
    }

    @TearDown
    public void release() {
        packet.release();
    }
}
