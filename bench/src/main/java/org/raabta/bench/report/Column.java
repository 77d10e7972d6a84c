package org.raabta.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

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
        for (Function<RunResult, String> trait : traits) {
            if (runs.stream().map(trait).distinct().count() > 1) {
                telling.add(trait);
            }
        }
        Set<String> taken = new LinkedHashSet<>();
        List<Column> out = new ArrayList<>();
        for (RunResult run : runs) {
            String label = String.join(
                    " ",
                    telling.stream()
                            .map(t -> t.apply(run))
                            .filter(s -> !s.isEmpty())
                            .toList());
            label = label.isEmpty() ? run.system() : label;
            String unique = label;
            for (int n = 2; !taken.add(unique); n++) {
                unique = String.format(Locale.ROOT, "%s (%d)", label, n);
            }
            out.add(new Column(unique, run));
        }
        return out;
    }
}
