package org.raabta.bench.sim.model;

import java.util.List;
import org.raabta.bench.emulator.Simulation;
import org.raabta.relay.rtp.SequenceUnwrapper;
import org.raabta.relay.rtp.TransportFeedback;

/**
 * The transport-wide feedback that a browser gives: for 5 % of its own send estimate, each 50 to 250 ms, and only if
 * stamped packets arrived.
 */
final class Arrivals {
    private static final double SHARE = 0.05;
    private static final double REPORT_BITS = 68 * 8;
    private static final double SHORTEST_MS = 50;
    private static final double LONGEST_MS = 250;

    private final Simulation simulation;
    private final Outgoing outgoing;
    private final SendEstimate estimate;
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private TransportFeedback.Builder building;
    private boolean on = true;
    private boolean pending;
    private boolean started;
    private long highest;
    private long saidNanos;
    private int count;

    Arrivals(Simulation simulation, Outgoing outgoing, SendEstimate estimate) {
        this.simulation = simulation;
        this.outgoing = outgoing;
        this.estimate = estimate;
        this.building = new TransportFeedback.Builder(0);
    }

    void setOn(boolean on) {
        this.on = on;
        pending &= on;
    }

    void onStamp(int stamp) {
        if (!on) {
            return;
        }
        long sequence = unwrapper.unwrap(stamp);
        if (started && sequence <= highest) {
            return; // links here are in order
        }
        long ticks = simulation.nowNanos() / TransportFeedback.TICK_NANOS;
        if (!pending) {
            building = new TransportFeedback.Builder(started ? highest + 1 : sequence);
        }
        if (!building.add(sequence, ticks)) {
            if (pending) {
                say();
            }
            // After a long outage a message from where the last one ended would be too long.
            building = new TransportFeedback.Builder(sequence);
            building.add(sequence, ticks);
        }
        started = true;
        highest = sequence;
        if (!pending) {
            pending = true;
            simulation.at(Math.max(simulation.nowNanos(), saidNanos + intervalNanos()), this::due);
        }
    }

    private void due() {
        if (pending) {
            say();
            pending = false;
        }
    }

    private void say() {
        saidNanos = simulation.nowNanos();
        outgoing.rtcp(List.of(building.build(Media.AUDIO_SSRC, Media.VIDEO_SSRC, count++)));
    }

    private long intervalNanos() {
        double ms = REPORT_BITS * 1000 / (SHARE * estimate.bitsPerSecond());
        return (long) (Math.max(SHORTEST_MS, Math.min(LONGEST_MS, ms)) * 1e6);
    }
}
