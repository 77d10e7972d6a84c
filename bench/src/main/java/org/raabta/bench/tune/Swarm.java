package org.raabta.bench.tune;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.raabta.adapter.profile.Profile;
import org.raabta.bench.link.Link;
import org.raabta.bench.options.UsageException;
import org.raabta.bench.sim.model.Crowd;

/** {@code bench swarm}: many calls of two and three people over random links, none of which may break a promise. */
public final class Swarm {
    static final String USAGE = "usage: bench swarm [--calls N] [--seed N] [--seconds N] [--profile NAME|FILE]";
    private static final int THIRD_LEG_IN = 3;

    private Swarm() {}

    /** The exit status: 0, 1 if a promise was broken, 2 if it was asked for wrongly. */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            Arguments given =
                    Arguments.read(arguments, Set.of("--calls", "--seed", "--seconds", "--profile"), Set.of());
            int calls = given.number("--calls", 1000, 1, 1_000_000);
            int seconds = given.number("--seconds", 60, 1, 3600);
            long first = given.number("--seed", 1, 0, Integer.MAX_VALUE);
            Profile profile =
                    ProfileText.read(given.one("--profile", "default")).parsed();
            List<String> broken = broken(calls, first, seconds, profile, err);
            broken.forEach(out::println);
            out.println(calls + " calls of " + seconds + " s from seed " + first + " on, broken promises in "
                    + broken.size());
            return broken.isEmpty() ? 0 : 1;
        } catch (UsageException e) {
            err.println("bench swarm: " + e.getMessage());
            err.println(USAGE);
            return 2;
        } catch (InterruptedException e) {
            err.println("bench swarm: interrupted");
            return 1;
        }
    }

    /** One line for each call that broke a promise, with its seed. */
    static List<String> broken(int calls, long firstSeed, int seconds, Profile profile, PrintStream err)
            throws InterruptedException {
        List<Callable<Optional<String>>> tasks = new ArrayList<>();
        for (long seed = firstSeed; seed < firstSeed + calls; seed++) {
            long one = seed;
            tasks.add(() -> call(one, seconds, profile).map(what -> "seed " + one + " " + what));
        }
        return Batch.run(tasks, err).stream().flatMap(Optional::stream).toList();
    }

    private static Optional<String> call(long seed, int seconds, Profile profile) {
        SplittableRandom random = new SplittableRandom(seed);
        int people = random.nextInt(THIRD_LEG_IN) == 0 ? 3 : 2;
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < people; i++) {
            links.add(RandomLinks.draw(random, seconds));
        }
        return new Crowd(links, seconds, random.nextLong(), profile).run(seconds);
    }
}
