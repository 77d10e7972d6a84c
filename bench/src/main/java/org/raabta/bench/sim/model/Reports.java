package org.raabta.bench.sim.model;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.raabta.bench.emulator.Simulation;
import org.raabta.relay.control.DownlinkSsrcs;
import org.raabta.relay.rtp.NtpTime;
import org.raabta.relay.rtp.ReceiverReport;
import org.raabta.relay.rtp.ReportBlock;
import org.raabta.relay.rtp.SenderReport;
import org.raabta.relay.rtp.SourceDescription;

/**
 * A browser's sender and receiver reports: about sound each 5 s and about video each second, half to one and a half of
 * that (RFC 3550, section 6.3.1), and what it reads in those of the relay.
 */
final class Reports {
    private static final long AUDIO_NANOS = 5_000_000_000L;
    private static final long VIDEO_NANOS = 1_000_000_000L;
    private static final String CNAME = "0123456789abcdef"; // as long as the browser's
    /** 2026-01-01 in seconds since 1900: any would do. */
    private static final long ORIGIN_NANOS = 3_976_214_400L * 1_000_000_000L;

    private final Simulation simulation;
    private final Outgoing outgoing;
    private final SplittableRandom random;
    private final Reception audio = new Reception(DownlinkSsrcs.audio(0));
    private final Reception video = new Reception(DownlinkSsrcs.video(0));
    private final Map<Integer, LocalBrake.Trip> trips = new LinkedHashMap<>();
    private long roundTripNanos = 100_000_000L;

    /** The figures of one stream that we send. */
    record Sent(int ssrc, BooleanSupplier sending, IntSupplier packets, IntSupplier octets, IntSupplier timestamp) {}

    Reports(Simulation simulation, Outgoing outgoing, SplittableRandom random) {
        this.simulation = simulation;
        this.outgoing = outgoing;
        this.random = random;
    }

    void start(Sent sound, Sent picture) {
        later(AUDIO_NANOS, sound, audio);
        later(VIDEO_NANOS, picture, video);
    }

    Reception audio() {
        return audio;
    }

    Reception video() {
        return video;
    }

    /** By the last report. */
    long roundTripNanos() {
        return roundTripNanos;
    }

    /** The last round trip by each stream that we send. */
    Collection<LocalBrake.Trip> trips() {
        return trips.values();
    }

    void onSenderReport(SenderReport report) {
        Reception stream = report.ssrc() == DownlinkSsrcs.audio(0) ? audio : video;
        stream.onSenderReport(report.ntp(), simulation.nowNanos());
    }

    void onBlocks(List<ReportBlock> blocks) {
        for (ReportBlock block : blocks) {
            int elapsed = NtpTime.middle(ntp()) - block.lastReport() - block.sinceLastReport();
            if (block.lastReport() != 0 && elapsed >= 0) {
                roundTripNanos = NtpTime.shortToNanos(elapsed);
                LocalBrake.Trip before = trips.get(block.ssrc());
                trips.put(
                        block.ssrc(),
                        new LocalBrake.Trip(
                                Integer.toString(block.ssrc()),
                                roundTripNanos / 1e6,
                                before == null ? 1 : before.measured() + 1));
            }
        }
    }

    private long ntp() {
        return NtpTime.ofNanos(ORIGIN_NANOS + simulation.nowNanos());
    }

    private void later(long usualNanos, Sent sent, Reception received) {
        simulation.after((long) (usualNanos * (0.5 + random.nextDouble())), () -> {
            report(sent, received);
            later(usualNanos, sent, received);
        });
    }

    private void report(Sent sent, Reception received) {
        List<ReportBlock> blocks = received.news() ? List.of(received.block(simulation.nowNanos())) : List.of();
        SourceDescription who = new SourceDescription(List.of(new SourceDescription.Chunk(sent.ssrc, CNAME)));
        if (sent.sending.getAsBoolean() && sent.packets.getAsInt() > 0) {
            outgoing.rtcp(List.of(
                    new SenderReport(
                            sent.ssrc,
                            ntp(),
                            sent.timestamp.getAsInt(),
                            sent.packets.getAsInt(),
                            sent.octets.getAsInt(),
                            blocks),
                    who));
        } else if (!blocks.isEmpty()) {
            outgoing.rtcp(List.of(new ReceiverReport(sent.ssrc, blocks), who));
        }
    }
}
