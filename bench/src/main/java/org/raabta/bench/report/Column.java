package org.raabta.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A run under the name by which a page tells it from the others. */
public record Column(String label, RunResult run) {
    /** Names made of what differs between the runs: the system, else link, profile, scenario or seed, else their order. */
    public static List<Column> named(List<RunResult> runs) {
        List<Function<RunResult, String>> traits = List.of(
                RunResult::system,
                RunResult::link,
                r -> r.profile() == null ? "" : r.profile(),
                RunResult::scenario,
                r -> r.version() == null ? "" : r.version(),
                r -> r.seed() == null ? "" : "seed " + r.seed());
        List<Function<RunResult, String>> telling = new ArrayList<>();
        long told = 1;
        for (Function<RunResult, String> trait : traits) {
            telling.add(trait);
            long now =
                    runs.stream().map(run -> labelOf(run, telling)).distinct().count();
            if (now > told) {
                told = now;
            } else {
                telling.remove(telling.size() - 1);
            }
        }
        Set<String> taken = new LinkedHashSet<>();
        List<Column> out = new ArrayList<>();
        for (RunResult run : runs) {
            String label = labelOf(run, telling);
            label = label.isEmpty() ? run.system() : label;
            String unique = label;
            for (int n = 2; !taken.add(unique); n++) {
                unique = String.format(Locale.ROOT, "%s (%d)", label, n);
            }
            out.add(new Column(unique, run));
        }
        return out;
    }

    private static String labelOf(RunResult run, List<Function<RunResult, String>> traits) {
        return traits.stream().map(t -> t.apply(run)).filter(s -> !s.isEmpty()).collect(Collectors.joining(" "));
    }
}
