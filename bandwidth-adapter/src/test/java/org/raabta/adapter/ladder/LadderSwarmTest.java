package org.raabta.adapter.ladder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.Confidence;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.Plan;
import org.raabta.adapter.Reason;
import org.raabta.adapter.Rung;
import org.raabta.adapter.Wishes;
import org.raabta.adapter.profile.Profile;
import org.raabta.adapter.profile.ProfileTest;
import org.raabta.adapter.profile.RungSettings;

/** Random links, wishes and clocks, three legs: what must hold whatever happens. */
class LadderSwarmTest {
    private static final int CALLS = 1_000;
    private static final int LEGS = 3;
    private static final int UPDATES = 150;

    @Test
    void everyCallKeepsTheInvariants() {
        long first = new Random().nextLong();
        for (int i = 0; i < CALLS; i++) {
            run(first + i);
        }
    }

    @Test
    void theSameSeedGivesTheSamePlans() {
        long seed = new Random().nextLong();
        assertThat(run(seed)).as("seed %d", seed).isEqualTo(run(seed));
    }

    private static List<Plan> run(long seed) {
        Random random = new Random(seed);
        Profile profile = ProfileTest.shipped(Profile.SHIPPED.get(random.nextInt(Profile.SHIPPED.size())));
        long nowNanos = random.nextBoolean() ? random.nextLong() : Long.MAX_VALUE - 20_000_000_000L;
        List<DirectionLadder> ladders = new ArrayList<>();
        Estimate[] links = new Estimate[2 * LEGS];
        for (int i = 0; i < LEGS * LEGS; i++) {
            ladders.add(new DirectionLadder(profile, nowNanos));
        }
        for (int i = 0; i < links.length; i++) {
            links[i] = Estimate.UNKNOWN;
        }
        List<Plan> plans = new ArrayList<>();
        for (int update = 0; update < UPDATES; update++) {
            nowNanos += 1 + (long) (random.nextDouble() * 1.5e9);
            int changed = random.nextInt(links.length);
            links[changed] = next(links[changed], random);
            Wishes wishes = wishes(random);
            Thrift thrift = new Thrift(
                    random.nextInt(20) == 0,
                    random.nextInt(20) == 0 ? 300 * random.nextDouble() : 0,
                    random.nextInt(20) == 0);
            Beside beside = random.nextInt(6) == 0 ? new Beside(true, 100 * random.nextDouble()) : Beside.NONE;
            for (int from = 0; from < LEGS; from++) {
                for (int to = 0; to < LEGS; to++) {
                    if (from != to) {
                        DirectionLadder ladder = ladders.get(from * LEGS + to);
                        Plan plan = ladder.update(links[from], links[LEGS + to], wishes, thrift, beside, nowNanos);
                        check(profile, ladder, plan, links[from], links[LEGS + to], beside, nowNanos, seed);
                        plans.add(plan);
                    }
                }
            }
        }
        return plans;
    }

    private static void check(
            Profile profile,
            DirectionLadder ladder,
            Plan plan,
            Estimate up,
            Estimate down,
            Beside beside,
            long nowNanos,
            long seed) {
        String broken = broken(profile, ladder, plan, up, down, beside, nowNanos);
        if (broken != null) {
            throw new AssertionError(broken + ": seed " + seed + ", " + plan + " over " + ladder.capacityKbps()
                    + " kbps, " + up + ", " + down);
        }
    }

    /** What does not hold, or null. */
    private static @Nullable String broken(
            Profile profile,
            DirectionLadder ladder,
            Plan plan,
            Estimate up,
            Estimate down,
            Beside beside,
            long nowNanos) {
        Rung rung = plan.decision().rung();
        long deadline = ladder.nextDeadlineNanos();
        if (deadline != Long.MAX_VALUE && deadline - nowNanos <= 0) {
            return "a deadline in the past";
        }
        if (plan.video().active() != rung.carriesVideo()) {
            return "a picture on a rung without, or none on a rung with";
        }
        if (plan.still().active() && rung != Rung.STILLS) {
            return "single pictures on a rung without";
        }
        if (rung.compareTo(Rung.PUSH_TO_TALK) >= 0) {
            boolean pinned = plan.decision().reason() == Reason.PINNED;
            boolean recorded = rung == Rung.NOTES && plan.decision().reason() != Reason.UNCONSTRAINED;
            return pinned || recorded ? null : "no live voice unasked";
        }
        RungSettings settings = profile.rung(rung);
        double kbps = ladder.capacityKbps();
        boolean blocked =
                up.state().compareTo(Estimate.State.SEVERE) >= 0 || down.state().compareTo(Estimate.State.SEVERE) >= 0;
        if (blocked) {
            AudioPlan thinnest = profile.rung(Rung.THIN_VOICE).audio().get(0);
            return rung.carriesPictures() || !plan.audio().equals(thinnest)
                    ? "more than thin voice while blocked"
                    : null;
        }
        if (rung != Rung.THIN_VOICE) {
            double pictures = plan.video().maxKbps() + plan.still().kbps();
            double cost = plan.audio().wireKbps() + pictures + settings.overheadKbps();
            if (cost > kbps + 1e-6) {
                return "costs " + cost;
            }
            if (kbps < settings.leaveKbps() || settings.leastKbps() > settings.leaveKbps()) {
                return "stands above its leave point";
            }
        }
        List<AudioPlan> cheapest =
                beside.waiting() && !settings.beside().isEmpty() ? settings.beside() : settings.audio();
        double least =
                Math.min(cheapest.get(0).wireKbps(), settings.lossy().get(0).wireKbps());
        return plan.audio().wireKbps() < least ? "speech below the rung's least" : null;
    }

    private static Estimate next(Estimate before, Random random) {
        double kbps = random.nextInt(8) == 0
                ? Math.exp(random.nextDouble() * 9) - 1
                : before.kbps() * (0.7 + 0.7 * random.nextDouble());
        Confidence confidence = random.nextInt(10) == 0
                ? any(random, Confidence.NONE, Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)
                : any(random, Confidence.MEDIUM, Confidence.HIGH);
        Estimate.State state = random.nextInt(8) == 0 ? any(random, Estimate.State.values()) : Estimate.State.CLEAN;
        double odd = random.nextInt(200) == 0 ? Double.NaN : random.nextInt(200) == 0 ? -50 : kbps;
        return new Estimate(
                odd,
                confidence,
                state,
                300 * random.nextDouble() * random.nextInt(2),
                random.nextInt(4) == 0 ? 0.3 * random.nextDouble() : 0,
                2500 * random.nextDouble(),
                0);
    }

    private static Wishes wishes(Random random) {
        Optional<Rung> pinned = random.nextInt(40) == 0 ? Optional.of(any(random, Rung.values())) : Optional.empty();
        return new Wishes(random.nextInt(30) > 0, random.nextInt(40) == 0, pinned);
    }

    @SafeVarargs
    private static <T> T any(Random random, T... of) {
        return of[random.nextInt(of.length)];
    }
}
