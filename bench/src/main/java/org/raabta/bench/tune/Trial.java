package org.raabta.bench.tune;

import java.util.Optional;
import org.raabta.adapter.profile.Profile;
import org.raabta.bench.link.Link;
import org.raabta.bench.report.RunResult;
import org.raabta.bench.sim.SimScores;
import org.raabta.bench.sim.model.Consultation;
import org.raabta.bench.sim.model.Plan;
import org.raabta.bench.sim.model.Scenario;

/** One call to be simulated: on this link, with this seed and profile. */
record Trial(Link link, long seed, int seconds, Profile profile) {
    Score run() {
        Consultation held = new Consultation(new Plan(link, Scenario.TALK, seconds, seed, Optional.empty(), profile));
        held.run(second -> !Thread.currentThread().isInterrupted());
        RunResult result = SimScores.score(held, new SimScores.Made(Optional.empty(), Optional.empty()));
        return Score.of(result);
    }
}
