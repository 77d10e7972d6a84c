package org.raabta.bench.sim.model;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.raabta.adapter.LinkHint;
import org.raabta.adapter.Rung;
import org.raabta.bench.emulator.EmulatedLink;
import org.raabta.bench.emulator.Simulation;
import org.raabta.bench.emulator.Way;
import org.raabta.bench.link.Link;
import org.raabta.bench.link.LinkDirection;
import org.raabta.relay.control.CallSnapshot;
import org.raabta.relay.control.Direction;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.Role;

/** One simulated consultation: a patient behind the emulated link, the relay, a doctor beside it. Runs once. */
public final class Consultation {
    private static final LegId PATIENT = new LegId("patient");
    private static final LegId DOCTOR = new LegId("doctor");
    private static final Direction UP = new Direction(PATIENT, DOCTOR);
    private static final Direction DOWN = new Direction(DOCTOR, PATIENT);
    private static final long LAN_NANOS = 1_000_000;
    /** The page's 15.5 kB with their headers in the 120 ms that it takes for the least. */
    private static final double LOAD_KBPS = 1100;

    private static final double WIDE_KBPS = 120;
    private static final double UP_SHARE = 0.75;

    private static final LinkHint MEASURED_MOST = new LinkHint(LOAD_KBPS, LOAD_KBPS, true, false, false);
    /** Of 1024x768, JPEG of a good quality (design/links-and-ladder.md, section 7). */
    private static final int PHOTO_BYTES = 100_000;

    private static final long PHOTO_NANOS = 15_000_000_000L;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final Plan plan;
    private final Simulation simulation = new Simulation();
    private final EmulatedLink link;
    private final Talk talk;
    private final RelaySide relay;
    private final Browser patient;
    private final Browser doctor;
    private final List<Double> upKbps = new ArrayList<>();
    private final List<Double> downKbps = new ArrayList<>();
    private int heldSeconds;

    public Consultation(Plan plan) {
        this.plan = plan;
        SplittableRandom random = new SplittableRandom(plan.seed());
        link = EmulatedLink.running(plan.link(), plan.seed(), 0);
        talk = Talk.of(plan.scenario(), plan.seconds() * 1000.0, random.split());
        relay = new RelaySide(simulation, plan.profile(), random.nextLong());
        patient = relay.join(
                PATIENT, Role.PATIENT, new Cable.Thin(link), hint(plan.link()), talk.patient(), random.split());
        doctor =
                relay.join(DOCTOR, Role.DOCTOR, new Cable.Lan(LAN_NANOS), MEASURED_MOST, talk.doctor(), random.split());
        plan.pin().ifPresent(rung -> List.of(UP, DOWN).forEach(way -> relay.pin(way, rung)));
        if (plan.scenario() == Scenario.STILLS && plan.pin().isEmpty()) {
            relay.pin(UP, Rung.STILLS);
            relay.pin(DOWN, Rung.STILLS);
        }
        relay.admit();
        if (plan.scenario() == Scenario.PHOTO) {
            simulation.at(PHOTO_NANOS, () -> relay.photo(PATIENT, DOCTOR, PHOTO_BYTES));
        }
    }

    /**
     * What the page's own load proves of its downlink, and on a wide one what follows its {@code join} of its uplink
     * (client-web/src/shared/hint.ts): least rates.
     */
    static LinkHint hint(Link link) {
        double down = proven(link.start().down(), 1);
        double up = down < WIDE_KBPS ? 0 : proven(link.start().up(), UP_SHARE);
        return down == 0 ? LinkHint.NONE : new LinkHint(down, up, true, false, false);
    }

    private static double proven(LinkDirection way, double share) {
        OptionalDouble usual = way.rate().usualBitsPerSecond();
        return usual.isEmpty() ? 0 : Math.min(share * usual.getAsDouble() / 1000, LOAD_KBPS);
    }

    public Plan plan() {
        return plan;
    }

    /** Runs to the end, or until {@code goOn}, which is asked after each simulated second, says no. */
    public void run(IntPredicate goOn) {
        boolean wanted = true;
        while (wanted && heldSeconds < plan.seconds()) {
            simulation.runUntil((heldSeconds + 1) * SECOND_NANOS);
            heldSeconds++;
            believe();
            wanted = goOn.test(heldSeconds);
        }
    }

    private void believe() {
        for (CallSnapshot.LegSnapshot leg : relay.snapshot().legs()) {
            if (leg.id().equals(PATIENT)) {
                upKbps.add(leg.up().kbps());
                downKbps.add(leg.down().kbps());
            }
        }
    }

    /** How far it ran. */
    public int heldSeconds() {
        return heldSeconds;
    }

    public EmulatedLink link() {
        return link;
    }

    /** What the patient says, as the doctor hears and sees it. */
    public Observed up() {
        return new Observed(
                Way.UP, talk.patient(), doctor.ear(), doctor.screen(), relay.rungs(UP), upKbps, relay.pictures(DOCTOR));
    }

    /** What the doctor says, as the patient hears and sees it. */
    public Observed down() {
        return new Observed(
                Way.DOWN,
                talk.doctor(),
                patient.ear(),
                patient.screen(),
                relay.rungs(DOWN),
                downKbps,
                relay.pictures(PATIENT));
    }
}
