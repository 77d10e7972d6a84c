package org.raabta.bench.live;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.raabta.bench.emulator.EmulatedLink;
import org.raabta.bench.emulator.Fate;
import org.raabta.bench.emulator.LinkEvent;
import org.raabta.bench.emulator.Transport;
import org.raabta.bench.emulator.Way;
import org.raabta.bench.link.RecoveryFloor;
import org.raabta.bench.live.LiveOptions.SystemKind;
import org.raabta.bench.report.DirectionResult;
import org.raabta.bench.report.DirectionScoring;
import org.raabta.bench.report.RunResult;
import org.raabta.bench.score.HeardDirection;
import org.raabta.bench.score.LinkSample;
import org.raabta.bench.score.RungTimeline;
import org.raabta.bench.score.Span;
import org.raabta.bench.score.WireMeter;

/** Makes a run's result of what was observed. Times are milliseconds since 1970 until the result itself. */
final class LiveScores {
    private static final double STALE_MS = 5_000;
    private static final Duration STEP = Duration.ofSeconds(1);

    /**
     * @param link        as it stood at the end, nobody else's any more
     * @param linkStartMs its second 0
     * @param server      what it wrote down, if it is ours
     * @param endMs       when the call or the attempt at one ended
     * @param cpuBusy     of the machine, while the call was held
     */
    record Observed(
            LiveOptions options,
            EmulatedLink link,
            double linkStartMs,
            List<Driver.Event> patient,
            List<Driver.Event> doctor,
            ServerEvents server,
            Path patientRecording,
            Path doctorRecording,
            double endMs,
            OptionalDouble cpuBusy,
            Versions versions,
            boolean partial) {}

    /** @param system what was measured; {@code commit} of this repository, if it is one */
    record Versions(String system, RunResult.Browsers browsers, Optional<String> commit) {}

    private final Observed seen;
    private final JoinMeasure join;
    private final Optional<Span> call;

    private LiveScores(Observed seen) {
        this.seen = seen;
        this.join = new JoinMeasure(seen);
        this.call = join.admitMs().isPresent() && seen.endMs() > join.admitMs().getAsDouble()
                ? Optional.of(new Span(join.admitMs().getAsDouble(), seen.endMs()))
                : Optional.empty();
    }

    static RunResult score(Observed seen) throws IOException {
        return new LiveScores(seen).result();
    }

    private RunResult result() throws IOException {
        Map<String, DirectionResult> directions = new LinkedHashMap<>();
        Double lostMs = null;
        if (call.isPresent()) {
            double fromMs = call.get().fromMs();
            Optional<RecordingFile.Tracks> patient = RecordingFile.read(seen.patientRecording(), fromMs);
            Optional<RecordingFile.Tracks> doctor = RecordingFile.read(seen.doctorRecording(), fromMs);
            if (patient.isPresent() && doctor.isPresent()) {
                lostMs = patient.get().lostMs() + doctor.get().lostMs();
            }
            directions.put(RunResult.UP, direction(Way.UP, patient, doctor, call.get()));
            directions.put(RunResult.DOWN, direction(Way.DOWN, doctor, patient, call.get()));
        }
        LiveOptions options = seen.options();
        return new RunResult(
                RunResult.SCHEMA,
                seen.partial(),
                options.system().label(),
                seen.versions().system(),
                seen.versions().commit().orElse(null),
                options.seed(),
                options.link().name(),
                options.system() == LiveOptions.SystemKind.RAABTA
                        ? options.profile().profile().name()
                        : null,
                options.scenario().label(),
                call.map(c -> c.lengthMs() / 1000).orElse(0.0),
                boxed(RecoveryFloor.ms(options.link())),
                new RunResult.Machine(boxed(seen.cpuBusy()), lostMs),
                directions,
                join.measure(directions.values()),
                seen.versions().browsers());
    }

    private DirectionResult direction(
            Way way, Optional<RecordingFile.Tracks> sender, Optional<RecordingFile.Tracks> receiver, Span during) {
        BrowserStatistics listening = new BrowserStatistics(way == Way.UP ? seen.doctor() : seen.patient());
        // The doctor's page hears of both directions' rungs without the thin link in between.
        Optional<RungTimeline> rungs = new BrowserStatistics(seen.doctor()).rungs(way == Way.UP ? "down" : "up");
        Optional<HeardDirection> heard = sender.isPresent() && receiver.isPresent()
                ? Optional.of(HeardDirection.of(
                        sender.get().sent(), receiver.get().heard(), during, listening.playout(), rungs))
                : Optional.empty();
        OptionalDouble payload =
                heard.isPresent() ? listening.payloadKbps(heard.get().heard().sent(), during) : OptionalDouble.empty();
        ItemStatistics items = way == Way.UP
                ? new ItemStatistics(seen.patient(), seen.doctor(), during)
                : new ItemStatistics(seen.doctor(), seen.patient(), during);
        return DirectionScoring.score(new DirectionScoring.Inputs(
                        during,
                        heard,
                        payload,
                        Optional.of(wire(way, during)),
                        samples(way, during),
                        Optional.of(listening.pictures()),
                        listening.videoKbps(during)))
                .with(
                        items.stills(seen.options().scenario() == LiveOptions.Scenario.STILLS),
                        items.photo(span -> leftShare(way, span)));
    }

    /** Of the link's bits that media (UDP) left over, how many the socket (TCP) used: nothing else passes the link. */
    private OptionalDouble leftShare(Way way, Span span) {
        double mediaBits = 0;
        double socketBits = 0;
        for (LinkEvent event : seen.link().log().events(way)) {
            double leftMs = seen.linkStartMs() + event.leftNanos() / 1e6;
            if (leftMs >= span.fromMs() && leftMs < span.toMs()) {
                mediaBits += event.transport() == Transport.UDP ? event.wireBytes() * 8.0 : 0;
                socketBits += event.transport() == Transport.TCP ? event.wireBytes() * 8.0 : 0;
            }
        }
        Duration from = Duration.ofNanos(Math.round((span.fromMs() - seen.linkStartMs()) * 1e6));
        Duration step = Duration.ofMillis(Math.round(span.lengthMs()));
        if (step.isZero() || from.isNegative()) {
            return OptionalDouble.empty();
        }
        double linkBits = seen.link().samples(way, from, step, step).stream()
                .mapToDouble(sample -> sample.linkKbps() * step.toMillis())
                .sum();
        double leftBits = linkBits - mediaBits;
        return leftBits > 0 ? OptionalDouble.of(socketBits / leftBits) : OptionalDouble.empty();
    }

    private WireMeter wire(Way way, Span during) {
        WireMeter meter = new WireMeter(during.fromMs());
        for (LinkEvent event : seen.link().log().events(way)) {
            if (event.fate() instanceof Fate.Delivered delivered) {
                double atMs = seen.linkStartMs() + delivered.atNanos() / 1e6;
                if (atMs < during.toMs()) {
                    meter.add(atMs, event.wireBytes());
                }
            }
        }
        return meter;
    }

    /** On the call's own seconds, which are the script's. */
    private List<LinkSample> samples(Way way, Span during) {
        Duration from = Duration.ofNanos(Math.round((during.fromMs() - seen.linkStartMs()) * 1e6));
        Duration length = Duration.ofMillis((long) during.lengthMs());
        NavigableMap<Double, Double> estimates = estimates(way);
        List<LinkSample> out = new ArrayList<>();
        for (EmulatedLink.Sample sample : seen.link().samples(way, from, length, STEP)) {
            double atMs = seen.linkStartMs() + sample.atMs();
            out.add(new LinkSample(
                    atMs,
                    sample.linkKbps(),
                    sample.wireKbps(),
                    boxed(BrowserStatistics.latest(estimates, atMs + STEP.toMillis(), STALE_MS)),
                    sample.queueMs()));
        }
        return out;
    }

    /** What our server believes of the link; of other systems, what the sending browser believes it may send. */
    private NavigableMap<Double, Double> estimates(Way way) {
        if (seen.options().system() == SystemKind.RAABTA) {
            return seen.server().estimatesKbps(way);
        }
        if (way == Way.UP) {
            return new BrowserStatistics(seen.patient()).outgoingKbps();
        }
        return seen.options().system() == SystemKind.P2P
                ? new BrowserStatistics(seen.doctor()).outgoingKbps()
                : new TreeMap<>();
    }

    static @Nullable Double boxed(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }
}
