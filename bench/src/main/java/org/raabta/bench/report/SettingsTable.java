package org.raabta.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What each run was made with, one setting a row, so that a long version does not push the others off the page. */
final class SettingsTable {
    private SettingsTable() {}

    static void write(StringBuilder out, List<Column> columns) {
        out.append(
                "<section class=\"settings\"><h2>Settings</h2><div class=\"scroll\"><table class=\"scores\"><thead><tr><th></th>");
        for (Column column : columns) {
            out.append("<th>").append(Html.escaped(column.label())).append("</th>");
        }
        out.append("</tr></thead><tbody>\n");
        row(out, columns, "System", RunResult::system);
        row(out, columns, "Link", RunResult::link);
        row(out, columns, "Profile", RunResult::profile);
        row(out, columns, "Scenario", RunResult::scenario);
        row(out, columns, "Seconds", run -> Timeline.number(run.seconds()));
        row(out, columns, "Seed", run -> run.seed() == null ? null : run.seed().toString());
        row(out, columns, "Version", RunResult::version);
        row(out, columns, "Patient's browser", run -> browser(run, RunResult.Browsers::patient));
        row(out, columns, "Doctor's browser", run -> browser(run, RunResult.Browsers::doctor));
        row(out, columns, "Commit", RunResult::commit);
        row(
                out,
                columns,
                "Recovery floor",
                run -> run.floorMs() == null ? null : format("%.2f s", run.floorMs() / 1000));
        row(out, columns, "Processors busy", run -> machine(run, RunResult.Machine::cpuBusy, "%.0f %%", 100));
        row(
                out,
                columns,
                "Audio lost to the machine",
                run -> machine(run, RunResult.Machine::lostAudioMs, "%.0f ms", 1));
        out.append("</tbody></table></div>\n");
        if (columns.stream().anyMatch(column -> untold(column.run()))) {
            out.append("<p>The doctor's Firefox does not tell what it believes it may send in a plain call:"
                    + " no estimate of that way is there.</p>\n");
        }
        out.append("</section>\n");
    }

    /** Of our own server's runs the estimate is the server's. */
    private static boolean untold(RunResult run) {
        return run.system().equals("p2p")
                && run.browsers() != null
                && run.browsers().doctor().contains("Firefox");
    }

    private static @Nullable String browser(RunResult run, Function<RunResult.Browsers, String> whose) {
        return run.browsers() == null ? null : whose.apply(run.browsers());
    }

    private static @Nullable String machine(
            RunResult run, Function<RunResult.Machine, @Nullable Double> figure, String format, double factor) {
        Double value = run.machine() == null ? null : figure.apply(run.machine());
        return value == null ? null : format(format, value * factor);
    }

    private static String format(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static void row(
            StringBuilder out, List<Column> columns, String name, Function<RunResult, @Nullable String> text) {
        out.append("<tr><th scope=\"row\">").append(name).append("</th>");
        for (Column column : columns) {
            Html.cell(out, text.apply(column.run()));
        }
        out.append("</tr>\n");
    }
}
