package org.raabta.bench.sim;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.raabta.bench.emulator.EmulatedLink;
import org.raabta.bench.emulator.Fate;
import org.raabta.bench.emulator.LinkEvent;
import org.raabta.bench.link.Link;
import org.raabta.bench.link.RecoveryFloor;
import org.raabta.bench.report.DirectionResult;
import org.raabta.bench.report.DirectionScoring;
import org.raabta.bench.report.RunResult;
import org.raabta.bench.score.LinkSample;
import org.raabta.bench.score.Span;
import org.raabta.bench.score.WireMeter;
import org.raabta.bench.sim.model.Consultation;
import org.raabta.bench.sim.model.Observed;
import org.raabta.bench.sim.model.Pictures;
import org.raabta.bench.sim.model.Plan;
import org.raabta.bench.sim.model.Scenario;

/** Makes a result of a simulated consultation, by the scoring of real ones. Sound itself is not simulated: no ESTOI. */
public final class SimScores {
    /** Told from a live run of the same system by this name. */
    public static final String SYSTEM = "raabta-sim";

    private static final Duration STEP = Duration.ofSeconds(1);

    private final Consultation held;
    private final Made made;
    private final Span call;

    /** What simulated: version and commit of this program, where they are known. */
    public record Made(Optional<String> version, Optional<String> commit) {}

    private SimScores(Consultation held, Made made) {
        this.held = held;
        this.made = made;
        this.call = new Span(0, held.heldSeconds() * 1000.0);
    }

    public static RunResult score(Consultation held, Made made) {
        return new SimScores(held, made).result();
    }

    private RunResult result() {
        Plan plan = held.plan();
        Map<String, DirectionResult> directions = new LinkedHashMap<>();
        directions.put(RunResult.UP, direction(held.up()));
        directions.put(RunResult.DOWN, direction(held.down()));
        return new RunResult(
                RunResult.SCHEMA,
                held.heldSeconds() < plan.seconds(),
                SYSTEM,
                made.version().orElse(null),
                made.commit().orElse(null),
                plan.seed(),
                plan.link().name(),
                plan.profile().name(),
                plan.scenario().label(),
                held.heldSeconds(),
                recoveryFloorMs(plan.link()),
                null,
                directions,
                null,
                null);
    }

    private static @Nullable Double recoveryFloorMs(Link link) {
        OptionalDouble floor = RecoveryFloor.ms(link);
        return floor.isPresent() ? floor.getAsDouble() : null;
    }

    private DirectionResult direction(Observed seen) {
        return DirectionScoring.score(new DirectionScoring.Inputs(
                        call,
                        Optional.of(seen.heard(call.toMs())),
                        seen.payloadKbps(),
                        Optional.of(wire(seen)),
                        samples(seen),
                        Optional.of(seen.pictures()),
                        OptionalDouble.of(seen.videoKbps(call.toMs()))))
                .with(stills(seen.beside()), photo(seen.beside()));
    }

    private DirectionResult.@Nullable Stills stills(Pictures beside) {
        if (beside.stills() == 0 && held.plan().scenario() != Scenario.STILLS) {
            return null;
        }
        double ageMs = beside.meanAgeMs();
        return new DirectionResult.Stills(
                beside.stills(), Double.isNaN(ageMs) ? null : ageMs, null, beside.stillBytes());
    }

    /** Absent where it did not come whole: that it was asked for, the scenario says. */
    private static DirectionResult.@Nullable Photo photo(Pictures beside) {
        return Double.isNaN(beside.photoMs())
                ? null
                : new DirectionResult.Photo(beside.photoBytes(), beside.photoMs(), null, null);
    }

    private WireMeter wire(Observed seen) {
        WireMeter meter = new WireMeter(call.fromMs());
        for (LinkEvent event : held.link().log().events(seen.way())) {
            if (event.fate() instanceof Fate.Delivered delivered && delivered.atNanos() / 1e6 < call.toMs()) {
                meter.add(delivered.atNanos() / 1e6, event.wireBytes());
            }
        }
        return meter;
    }

    private List<LinkSample> samples(Observed seen) {
        List<LinkSample> out = new ArrayList<>();
        Duration length = Duration.ofSeconds(held.heldSeconds());
        for (EmulatedLink.Sample sample : held.link().samples(seen.way(), length, STEP)) {
            int second = (int) (sample.atMs() / STEP.toMillis());
            out.add(new LinkSample(
                    sample.atMs(),
                    sample.linkKbps(),
                    sample.wireKbps(),
                    second < seen.believedKbps().size() ? seen.believedKbps().get(second) : null,
                    sample.queueMs()));
        }
        return out;
    }
}
