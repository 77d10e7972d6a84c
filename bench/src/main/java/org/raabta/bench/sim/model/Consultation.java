package org.raabta.bench.sim.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import org.raabta.bench.emulator.EmulatedLink;
import org.raabta.bench.emulator.Simulation;
import org.raabta.bench.emulator.Way;
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
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final Plan plan;
    private final Simulation simulation = new Simulation();
    private final EmulatedLink link;
    private final Talk talk;
    private final RelaySide relay;
    private final Browser patient;
    private final Browser doctor;
    private final List<Double> patientKbps = new ArrayList<>();
    private int heldSeconds;

    public Consultation(Plan plan) {
        this.plan = plan;
        SplittableRandom random = new SplittableRandom(plan.seed());
        link = EmulatedLink.running(plan.link(), plan.seed(), 0);
        talk = Talk.of(plan.scenario(), plan.seconds() * 1000.0, random.split());
        relay = new RelaySide(simulation, plan.profile(), random.nextLong());
        patient = relay.join(PATIENT, Role.PATIENT, new Cable.Thin(link), talk.patient(), random.split());
        doctor = relay.join(DOCTOR, Role.DOCTOR, new Cable.Lan(LAN_NANOS), talk.doctor(), random.split());
        plan.pin().ifPresent(rung -> relay.pin(UP, rung));
        relay.admit();
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
            patientKbps.add(patient.estimate().bitsPerSecond() / 1000);
            wanted = goOn.test(heldSeconds);
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
        return new Observed(Way.UP, talk.patient(), doctor.ear(), doctor.screen(), relay.rungs(UP), patientKbps);
    }

    /** What the doctor says, as the patient hears and sees it. Nobody in it estimates the patient's downlink yet. */
    public Observed down() {
        return new Observed(Way.DOWN, talk.doctor(), patient.ear(), patient.screen(), relay.rungs(DOWN), List.of());
    }
}
