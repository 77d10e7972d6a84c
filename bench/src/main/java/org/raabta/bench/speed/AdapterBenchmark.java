package org.raabta.bench.speed;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.raabta.adapter.Wishes;
import org.raabta.adapter.estimate.CapacityEstimator;
import org.raabta.adapter.ladder.Beside;
import org.raabta.adapter.ladder.DirectionLadder;
import org.raabta.adapter.ladder.Thrift;
import org.raabta.adapter.profile.Profile;

/**
 * The adapter's part of {@link PacketPathBenchmark}, and nothing else: what the packet tells the estimators of both legs' links,
 * and the looks of both directions' ladders that fall to one packet. The path without an adapter is the difference of the two.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AdapterBenchmark {
    private static final long PACKET_NANOS = 20_000_000L;
    private static final long LOOK_NANOS = 50_000_000L;
    private static final int LINK_BYTES = 140;

    private final Profile profile = PacketPathBenchmark.ladder();
    private final CapacityEstimator patientUp = new CapacityEstimator(profile.estimator(), 0);
    private final CapacityEstimator patientDown = new CapacityEstimator(profile.estimator(), 0);
    private final CapacityEstimator doctorUp = new CapacityEstimator(profile.estimator(), 0);
    private final CapacityEstimator doctorDown = new CapacityEstimator(profile.estimator(), 0);
    private final List<CapacityEstimator> estimators = List.of(patientUp, patientDown, doctorUp, doctorDown);
    private final DirectionLadder there = new DirectionLadder(profile, 0);
    private final DirectionLadder back = new DirectionLadder(profile, 0);
    private long nowNanos;
    private long lookedNanos;
    private long bytes;

    @Benchmark
    public double audio() {
        nowNanos += PACKET_NANOS;
        bytes += LINK_BYTES;
        patientUp.onSign(nowNanos);
        patientDown.onSign(nowNanos);
        patientUp.onTimed(nowNanos, nowNanos, bytes, nowNanos);
        doctorDown.onSent(LINK_BYTES, nowNanos);
        if (nowNanos - lookedNanos >= LOOK_NANOS) {
            lookedNanos = nowNanos;
            look();
        }
        return there.capacityKbps();
    }

    private void look() {
        for (CapacityEstimator estimator : estimators) {
            estimator.expectSigns(true, nowNanos);
            estimator.onTick(nowNanos);
        }
        there.update(patientUp.estimate(), doctorDown.estimate(), Wishes.NONE, Thrift.NONE, Beside.NONE, nowNanos);
        back.update(doctorUp.estimate(), patientDown.estimate(), Wishes.NONE, Thrift.NONE, Beside.NONE, nowNanos);
    }
}
