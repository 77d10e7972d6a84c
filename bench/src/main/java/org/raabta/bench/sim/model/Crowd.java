package org.raabta.bench.sim.model;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.raabta.adapter.LinkHint;
import org.raabta.adapter.profile.Profile;
import org.raabta.bench.emulator.EmulatedLink;
import org.raabta.bench.emulator.Simulation;
import org.raabta.bench.link.Link;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.Role;

/** A call of two or three people, each behind a link of his own, of which only the {@link Promises} are looked at. */
public final class Crowd {
    private static final int PHOTO_BYTES = 60_000;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final Role[] ROLES = {Role.PATIENT, Role.DOCTOR, Role.GUEST};

    private final Simulation simulation = new Simulation();
    private final RelaySide relay;

    /** @param links of two or three people */
    public Crowd(List<Link> links, int seconds, long seed, Profile profile) {
        SplittableRandom random = new SplittableRandom(seed);
        relay = new RelaySide(simulation, profile, random.nextLong());
        for (int i = 0; i < links.size(); i++) {
            Talk talk = Talk.of(
                    random.nextBoolean() ? Scenario.TALK : Scenario.HALF_TALK, seconds * 1000.0, random.split());
            EmulatedLink link = EmulatedLink.running(links.get(i), random.nextLong(), 0);
            LinkHint hint = random.nextBoolean() ? Consultation.hint(links.get(i)) : LinkHint.NONE;
            relay.join(
                    new LegId(ROLES[i].label()),
                    ROLES[i],
                    new Cable.Thin(link),
                    hint,
                    i == 1 ? talk.doctor() : talk.patient(),
                    random.split());
        }
        relay.admit();
        // One of two sends a photo meanwhile.
        if (random.nextBoolean()) {
            LegId from = new LegId(ROLES[0].label());
            simulation.at(
                    random.nextInt(1, 20) * SECOND_NANOS,
                    () -> relay.photo(from, new LegId(ROLES[1].label()), PHOTO_BYTES));
        }
    }

    /** @return what was broken and when; empty if nothing was until {@code seconds} */
    public Optional<String> run(int seconds) {
        try {
            for (int second = 1; second <= seconds; second++) {
                simulation.runUntil(second * SECOND_NANOS);
                relay.check();
            }
            return Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
