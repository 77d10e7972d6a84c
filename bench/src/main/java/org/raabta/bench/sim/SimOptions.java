package org.raabta.bench.sim;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.raabta.adapter.Rung;
import org.raabta.bench.link.Link;
import org.raabta.bench.options.Flags;
import org.raabta.bench.options.UsageException;
import org.raabta.bench.sim.model.Plan;
import org.raabta.bench.sim.model.Scenario;

/** What {@code bench sim} was asked for: the run, and the directory that its result goes into. */
record SimOptions(Plan plan, Path out) {
    static final String USAGE =
            "usage: bench sim --link NAME|FILE [--scenario talk|half-talk|photo|stills] [--profile NAME|FILE] [--seconds N] [--seed N]"
                    + " [--pin RUNG] --out DIR";

    private static final int USUAL_SECONDS = 120;
    private static final int MOST_SECONDS = 3600;
    private static final Set<String> KNOWN =
            Set.of("--link", "--scenario", "--profile", "--seconds", "--seed", "--pin", "--out");

    /** @throws UsageException naming what is unknown, repeated, missing or wrong, and listing what is known */
    static SimOptions parse(List<String> arguments) throws UsageException {
        Flags flags = Flags.read(arguments, KNOWN);
        Link link = flags.link("--link");
        if (link.udpBlocked()) {
            throw new UsageException("--link: media over TCP is not simulated, and this link lets no UDP pass");
        }
        Plan plan = new Plan(
                link,
                flags.one("--scenario", List.of(Scenario.values()), Scenario::label, Scenario.TALK),
                (int) flags.number("--seconds", USUAL_SECONDS, 1, MOST_SECONDS),
                flags.number("--seed", 1, 0, Long.MAX_VALUE),
                flags.one("--pin", List.of(Rung.values()), Rung::label),
                flags.profile("--profile").profile());
        return new SimOptions(plan, flags.path("--out"));
    }
}
