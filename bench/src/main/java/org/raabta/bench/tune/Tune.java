package org.raabta.bench.tune;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.raabta.bench.link.Link;
import org.raabta.bench.options.UsageException;

/**
 * {@code bench tune}: looks for better values of named settings, first at random, then one at a time around the best, on
 * links and seeds to learn from; what was found is judged on others that it never saw.
 */
public final class Tune {
    static final String USAGE =
            "usage: bench tune --knob key=from..to [--knob ...] [--budget RUNS] [--profile NAME|FILE]"
                    + " [--links a,b] [--held-out c,d] [--seeds N] [--seconds N] [--seed N] --out DIR";

    private static final String LEARNT = "gprs-urban,gprs-rural,edge-avg,hspa-avg,cliff,loss-20";
    private static final String HELD_OUT = "gprs-good,gprs-thin,edge-lossy,umts-r99,lte-congested,outage-15";
    /** Seeds of the held-out runs begin here: none of them is learnt from. */
    private static final long HELD_OUT_SEED = 1001;
    /** The share of the budget that is spent at random. */
    private static final double RANDOM_SHARE = 0.5;
    /** The first step of the refinement, in the knob's range; it halves when nothing got better. */
    private static final double FIRST_STEP = 0.2;

    private static final double LAST_STEP = 0.02;

    private final ProfileText base;
    private final List<Knob> knobs;
    private final List<Link> links;
    private final List<Long> seeds;
    private final int seconds;
    private final PrintStream err;
    private final long startNanos = System.nanoTime();
    private int runsDone;
    private int runsLeft;
    private double[] best;
    private Score bestScore;

    private Tune(
            ProfileText base,
            List<Knob> knobs,
            List<Link> links,
            List<Long> seeds,
            int seconds,
            int budget,
            PrintStream err)
            throws UsageException, InterruptedException {
        this.base = base;
        this.knobs = knobs;
        this.links = links;
        this.seeds = seeds;
        this.seconds = seconds;
        this.err = err;
        this.runsLeft = budget;
        best = new double[knobs.size()];
        for (int i = 0; i < best.length; i++) {
            best[i] = knobs.get(i).present(base);
        }
        base.parsed();
        bestScore = score(base);
    }

    /** The exit status: 0, 1 if the result could not be written, 2 if it was asked for wrongly. */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            Arguments given = Arguments.read(
                    arguments,
                    Set.of("--budget", "--profile", "--links", "--held-out", "--seeds", "--seconds", "--seed", "--out"),
                    Set.of("--knob"));
            Path directory = given.directory("--out");
            ProfileText base = ProfileText.read(given.one("--profile", "default"));
            List<Knob> knobs = new ArrayList<>();
            for (String knob : given.all("--knob")) {
                knobs.add(Knob.of(knob, base));
            }
            if (knobs.isEmpty()) {
                throw new UsageException("--knob is missing");
            }
            List<Link> heldOut = given.links("--held-out", HELD_OUT);
            int seeds = given.number("--seeds", 2, 1, 100);
            int seconds = given.number("--seconds", 120, 1, 3600);
            Tune tune = new Tune(
                    base,
                    knobs,
                    given.links("--links", LEARNT),
                    Arguments.seeds(1, seeds),
                    seconds,
                    given.number("--budget", 600, 1, 1_000_000),
                    err);
            tune.search(new SplittableRandom(given.number("--seed", 1, 0, Integer.MAX_VALUE)));
            List<Sweep.Variant> both = List.of(
                    new Sweep.Variant("before: " + base.name(), base),
                    new Sweep.Variant("after: " + tune.named(), tune.changed(tune.best)));
            List<Sweep.Outcome> learnt = Sweep.measure(both, tune.links, tune.seeds, seconds, err);
            List<Sweep.Outcome> unseen =
                    Sweep.measure(both, heldOut, Arguments.seeds(HELD_OUT_SEED, seeds), seconds, err);
            Files.createDirectories(directory);
            Files.writeString(
                    directory.resolve("tuned.profile"), tune.changed(tune.best).text());
            Tables.write(
                    directory,
                    "Tuning " + base.name(),
                    List.of(
                            new Tables.Part("Learnt from", learnt),
                            new Tables.Part("Held out: links and seeds that it never saw", unseen)));
            out.print("learnt from\n" + Tables.text(learnt) + "held out\n" + Tables.text(unseen));
            out.println(directory.resolve("tuned.profile"));
            return 0;
        } catch (UsageException e) {
            err.println("bench tune: " + e.getMessage());
            err.println(USAGE);
            return 2;
        } catch (IOException e) {
            err.println("bench tune: the result cannot be written");
            return 1;
        } catch (InterruptedException e) {
            err.println("bench tune: interrupted");
            return 1;
        }
    }

    private void search(SplittableRandom random) throws UsageException, InterruptedException {
        int atRandom = (int) (runsLeft * (1 - RANDOM_SHARE));
        while (runsLeft > atRandom) {
            double[] values = new double[best.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextDouble(knobs.get(i).from(), knobs.get(i).to());
            }
            look(values);
        }
        double step = FIRST_STEP;
        while (runsLeft > 0 && step >= LAST_STEP) {
            boolean better = false;
            for (int i = 0; i < best.length && runsLeft > 0; i++) {
                better |= look(moved(i, step)) || look(moved(i, -step));
            }
            step = better ? step : step / 2;
        }
    }

    private double[] moved(int knob, double share) {
        Knob turned = knobs.get(knob);
        double[] values = best.clone();
        double to = values[knob] + share * (turned.to() - turned.from());
        values[knob] = Math.max(turned.from(), Math.min(turned.to(), to));
        return values;
    }

    /** Whether these are better than the best so far. A profile that contradicts itself is no candidate. */
    private boolean look(double[] values) throws InterruptedException {
        if (runsLeft <= 0) {
            return false;
        }
        try {
            ProfileText candidate = changed(values);
            candidate.parsed();
            Score score = score(candidate);
            if (Score.OBJECTIVE.compare(score, bestScore) < 0) {
                best = values;
                bestScore = score;
                return true;
            }
        } catch (UsageException e) {
            runsLeft--; // it costs a little, so that bounds without any valid profile come to an end
        }
        return false;
    }

    private Score score(ProfileText candidate) throws UsageException, InterruptedException {
        int runs = links.size() * seeds.size();
        runsLeft -= runs;
        runsDone += runs;
        Score mean = Sweep.measure(List.of(new Sweep.Variant(candidate.name(), candidate)), links, seeds, seconds, err)
                .get(0)
                .mean();
        double left = (System.nanoTime() - startNanos) / 1e9 / runsDone * Math.max(0, runsLeft);
        err.println(
                String.format(Locale.ROOT, "%d runs of the budget left, about %.0f s", Math.max(0, runsLeft), left));
        return mean;
    }

    private ProfileText changed(double[] values) throws UsageException {
        Map<String, String> settings = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            settings.put(knobs.get(i).key(), knobs.get(i).written(values[i]));
        }
        return base.with(settings);
    }

    private String named() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < best.length; i++) {
            names.add(knobs.get(i).key() + "=" + knobs.get(i).written(best[i]));
        }
        return String.join(" ", names);
    }
}
