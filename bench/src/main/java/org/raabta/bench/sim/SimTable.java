package org.raabta.bench.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.raabta.bench.report.DirectionResult;
import org.raabta.bench.report.RunResult;

/** The figures of a run that one looks at first, as a table for a terminal. */
final class SimTable {
    private SimTable() {}

    static String of(RunResult result) {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT,
                "%-16s %8s %9s %9s %8s %8s %7s %7s%n",
                result.link() + " " + result.seed(),
                "broken s",
                "m2e 50 ms",
                "m2e 95 ms",
                "q>600 s",
                "kbps",
                "video",
                "est err"));
        result.directions().forEach((name, direction) -> out.append(row(name, direction)));
        result.directions().forEach((name, direction) -> out.append(rungs(name, direction)));
        return out.toString();
    }

    private static String row(String name, DirectionResult of) {
        DirectionResult.Spread mouthToEar = of.mouthToEarMs();
        return String.format(
                Locale.ROOT,
                "%-16s %8s %9s %9s %8s %8s %7s %7s%n",
                name,
                figure(of.brokenSeconds()),
                figure(mouthToEar == null ? null : mouthToEar.p50()),
                figure(mouthToEar == null ? null : mouthToEar.p95()),
                figure(of.queueOver600msSeconds()),
                figure(of.wireKbps() == null ? null : of.wireKbps().mean()),
                figure(of.video() == null ? null : of.video().kbps()),
                of.estimatorErrorRatio() == null ? "-" : String.format(Locale.ROOT, "%.2f", of.estimatorErrorRatio()));
    }

    private static String figure(@Nullable Number number) {
        return number == null ? "-" : String.format(Locale.ROOT, "%.0f", number.doubleValue());
    }

    /** How long on each rung, and each change with its moment and reason. */
    private static String rungs(String name, DirectionResult of) {
        List<String> lengths = new ArrayList<>();
        if (of.rungSeconds() != null) {
            for (Map.Entry<String, Double> each : of.rungSeconds().entrySet()) {
                lengths.add(String.format(Locale.ROOT, "%s %.0f s", each.getKey(), each.getValue()));
            }
        }
        List<String> changes = new ArrayList<>();
        String before = "";
        for (DirectionResult.RungChange change :
                of.rungChanges() == null ? List.<DirectionResult.RungChange>of() : of.rungChanges()) {
            if (!change.to().equals(before)) {
                changes.add(
                        String.format(Locale.ROOT, "%.1f %s (%s)", change.atMs() / 1000, change.to(), change.reason()));
            }
            before = change.to();
        }
        String beside = "";
        if (of.photo() != null && of.photo().ms() != null) {
            beside += String.format(
                    Locale.ROOT,
                    "; photo of %d bytes in %.1f s",
                    of.photo().bytes(),
                    of.photo().ms() / 1000);
        }
        if (of.stills() != null && of.stills().meanAgeMs() != null) {
            beside += String.format(
                    Locale.ROOT,
                    "; %d stills, %.1f s old",
                    of.stills().count(),
                    of.stills().meanAgeMs() / 1000);
        }
        return name + ": " + String.join(", ", lengths) + "; " + changes.size() + " rungs in turn: "
                + String.join(", ", changes) + beside + System.lineSeparator();
    }
}
