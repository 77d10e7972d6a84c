package org.raabta.bench.speed;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.raabta.adapter.AudioPlan;
import org.raabta.relay.call.AudioTranscoder;
import org.raabta.relay.codec.OpusEncoder;
import org.raabta.relay.codec.OpusLibrary;
import org.raabta.relay.codec.OpusUnavailable;

/** Per 20 ms of sound: a browser's packets of 32 kbps and 20 ms, coded anew. */
@SuppressWarnings("NullAway.Init") // JMH calls the method with @Setup first
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class TranscoderBenchmark {
    private static final int PACKETS = 300;
    private static final int TICKS = 960;
    private static final long PACKET_NANOS = 20_000_000L;

    /** Wanted codec rate in bit/s and packet length in ms. */
    @Param({"6000/120", "8000/60", "12000/60", "24000/20"})
    public String plan = "";

    private final List<ByteBuf> speech = new ArrayList<>();
    private final Sink sink = new Sink();
    private AudioTranscoder transcoder;
    private long sequence;

    private static final class Sink implements AudioTranscoder.Output {
        private long bytes;

        @Override
        public void packet(ByteBuf opus, int timestamp, boolean marker, int lostBefore) {
            bytes += opus.readableBytes();
        }

        @Override
        public void fault(AudioTranscoder.Fault fault) {
            throw new IllegalStateException(fault.name());
        }
    }

    @Setup
    public void open() throws OpusUnavailable {
        OpusLibrary library = OpusLibrary.load();
        String[] parts = plan.split("/", 2);
        transcoder =
                library.transcoder(new AudioPlan(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), false, false));
        short[] sound = Speech.of(PACKETS * TICKS);
        try (OpusEncoder browser = library.encoder()) {
            browser.setBitrate(32_000);
            for (int packet = 0; packet < PACKETS; packet++) {
                byte[] opus = new byte[OpusEncoder.MAX_PACKET_BYTES];
                int bytes = browser.encode(sound, packet * TICKS, TICKS);
                browser.read(opus, bytes);
                speech.add(Unpooled.wrappedBuffer(opus, 0, bytes));
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public long transcode() {
        for (ByteBuf opus : speech) {
            sequence++;
            transcoder.onPacket(
                    opus,
                    opus.readerIndex(),
                    opus.readableBytes(),
                    sequence,
                    (int) (sequence * TICKS),
                    sequence * PACKET_NANOS,
                    sink);
        }
        return sink.bytes;
    }

    @TearDown
    public void close() {
        transcoder.close();
        speech.clear();
    }
}
