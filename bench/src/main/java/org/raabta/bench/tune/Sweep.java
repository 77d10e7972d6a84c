package org.raabta.bench.tune;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.raabta.adapter.profile.Profile;
import org.raabta.bench.link.Link;
import org.raabta.bench.options.UsageException;

/** {@code bench sweep}: every link with every combination of settings, in virtual time, on all cores. */
public final class Sweep {
    static final String USAGE = "usage: bench sweep --links a,b,c|all --set key=v1,v2 [--set ...] [--profile NAME|FILE]"
            + " [--seeds N] [--seconds N] --out DIR";

    private static final int MOST_SECONDS = 3600;
    private static final int MOST_RUNS = 100_000;

    private Sweep() {}

    /** A row: a name for people, and the profile that it is run with. */
    record Variant(String name, ProfileText profile) {}

    /** The exit status: 0, 1 if the result could not be written, 2 if it was asked for wrongly. */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            Arguments given = Arguments.read(
                    arguments, Set.of("--links", "--profile", "--seeds", "--seconds", "--out"), Set.of("--set"));
            List<Link> links = given.links("--links", "all");
            List<Variant> variants = variants(ProfileText.read(given.one("--profile", "default")), given.all("--set"));
            List<Long> seeds = Arguments.seeds(1, given.number("--seeds", 1, 1, 1000));
            int seconds = given.number("--seconds", 120, 1, MOST_SECONDS);
            if ((long) links.size() * variants.size() * seeds.size() > MOST_RUNS) {
                throw new UsageException("that would be over " + MOST_RUNS + " runs");
            }
            java.nio.file.Path directory = given.directory("--out");
            List<Outcome> rows = measure(variants, links, seeds, seconds, err);
            Tables.write(
                    directory,
                    "Sweep over " + links.size() + " links, " + seeds.size() + " seeds, " + seconds + " s",
                    List.of(new Tables.Part("All links", rows)));
            out.print(Tables.text(rows));
            out.println(directory.resolve(Tables.PAGE));
            return 0;
        } catch (UsageException e) {
            err.println("bench sweep: " + e.getMessage());
            err.println(USAGE);
            return 2;
        } catch (IOException e) {
            err.println("bench sweep: the result cannot be written");
            return 1;
        } catch (InterruptedException e) {
            err.println("bench sweep: interrupted");
            return 1;
        }
    }

    /** What a variant came to on each link, in their order. */
    record Outcome(String variant, Map<String, Score> byLink) {
        Score mean() {
            return Score.mean(List.copyOf(byLink.values()));
        }
    }

    static List<Outcome> measure(
            List<Variant> variants, List<Link> links, List<Long> seeds, int seconds, PrintStream err)
            throws UsageException, InterruptedException {
        List<Callable<Score>> tasks = new ArrayList<>();
        for (Variant variant : variants) {
            Profile profile = variant.profile().parsed();
            for (Link link : links) {
                for (long seed : seeds) {
                    tasks.add(new Trial(link, seed, seconds, profile)::run);
                }
            }
        }
        List<Score> scores = Batch.run(tasks, err);
        List<Outcome> rows = new ArrayList<>();
        int next = 0;
        for (Variant variant : variants) {
            Map<String, Score> byLink = new LinkedHashMap<>();
            for (Link link : links) {
                byLink.put(link.name(), Score.mean(scores.subList(next, next + seeds.size())));
                next += seeds.size();
            }
            rows.add(new Outcome(variant.name(), byLink));
        }
        return rows;
    }

    /** Every combination of the values, in their order; the profile as it is if nothing is to be set. */
    static List<Variant> variants(ProfileText base, List<String> sets) throws UsageException {
        List<Map<String, String>> combinations = List.of(Map.of());
        for (String set : sets) {
            int equals = set.indexOf('=');
            if (equals <= 0 || equals == set.length() - 1) {
                throw new UsageException("--set: expected key=v1,v2");
            }
            List<Map<String, String>> more = new ArrayList<>();
            for (Map<String, String> before : combinations) {
                for (String value : set.substring(equals + 1).split(",", -1)) {
                    Map<String, String> after = new LinkedHashMap<>(before);
                    after.put(set.substring(0, equals).strip(), value.strip());
                    more.add(after);
                }
            }
            combinations = more;
        }
        List<Variant> variants = new ArrayList<>();
        for (Map<String, String> settings : combinations) {
            ProfileText changed = base.with(settings);
            changed.parsed();
            List<String> names = new ArrayList<>();
            settings.forEach((key, value) -> names.add(key + "=" + value));
            variants.add(new Variant(names.isEmpty() ? base.name() : String.join(" ", names), changed));
        }
        return variants;
    }
}
