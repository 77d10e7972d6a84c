package org.raabta.bench.speed;

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
import org.raabta.relay.codec.OpusEncoder;
import org.raabta.relay.codec.OpusLibrary;
import org.raabta.relay.codec.OpusUnavailable;

/** Per 20 ms of sound: what the encoder's effort costs at 8 kbps in packets of 60 ms. */
@SuppressWarnings("NullAway.Init") // JMH calls the method with @Setup first
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class EncoderBenchmark {
    private static final int PACKETS = 100;
    private static final int TICKS = 2880;
    private static final int PIECES = TICKS / 960;

    @Param({"0", "2", "4", "5", "6", "8", "10"})
    public int complexity;

    private final short[] sound = Speech.of(PACKETS * TICKS);
    private OpusEncoder encoder;

    @Setup
    public void open() throws OpusUnavailable {
        encoder = OpusLibrary.load().encoder();
        encoder.setBitrate(8000);
        encoder.setComplexity(complexity);
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS * PIECES)
    public int encode() {
        int bytes = 0;
        for (int packet = 0; packet < PACKETS; packet++) {
            bytes += encoder.encode(sound, packet * TICKS, TICKS);
        }
        return bytes;
    }

    @TearDown
    public void close() {
        encoder.close();
    }
}
