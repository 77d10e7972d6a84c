package org.raabta.bench.report;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.raabta.bench.report.Timeline.Line;

/** The page about a run, or about several side by side: one file that needs nothing else. */
public final class Report {
    public static final String NAME = "report.html";

    private static final int RUN_COLOURS = 6;

    private Report() {}

    /** Writes {@code result.json} and {@code report.html}; {@code beside} are runs of other systems to compare with. */
    public static void write(Path directory, RunResult run, List<RunResult> beside) throws IOException {
        ResultFile.write(directory, run);
        Files.writeString(directory.resolve(NAME), page(run, beside), StandardCharsets.UTF_8);
    }

    static String page(RunResult run, List<RunResult> beside) {
        List<RunResult> all = new ArrayList<>(List.of(run));
        all.addAll(beside);
        List<Column> columns = Column.named(all);
        Verdict verdict = Verdict.of(run);
        String title = run.system() + " on " + run.link();
        StringBuilder out = new StringBuilder();
        out.append("<header><p class=\"kicker\">")
                .append(Html.escaped(run.system() + " · link " + run.link() + " · " + run.scenario() + " · "
                        + Timeline.number(run.seconds()) + " s"))
                .append("</p>\n");
        warnings(out, columns.subList(0, 1));
        out.append("<h1 class=\"grade-")
                .append(verdict.grade().name().toLowerCase(Locale.ROOT))
                .append("\">")
                .append(Html.escaped(verdict.headline()))
                .append("</h1>\n");
        out.append("<ul class=\"verdict\">");
        for (String sentence : verdict.sentences()) {
            out.append("<li>").append(Html.escaped(sentence)).append("</li>");
        }
        out.append("</ul>");
        for (Column other : columns.subList(1, columns.size())) {
            out.append("<p class=\"beside\">Beside it, <b>")
                    .append(Html.escaped(other.label()))
                    .append("</b>: ")
                    .append(Html.escaped(brokenOf(other.run())))
                    .append("</p>");
        }
        out.append("</header>\n");
        for (String direction : List.of(RunResult.UP, RunResult.DOWN)) {
            figure(out, direction, columns.subList(0, 1));
        }
        scores(out, columns);
        join(out, columns);
        SettingsTable.write(out, columns);
        return Html.document(title, out.toString());
    }

    /** Runs laid over each other. */
    static String comparison(List<Column> columns) {
        StringBuilder out = new StringBuilder("<header><p class=\"kicker\">bench compare</p>\n<h1>");
        out.append(columns.size()).append(" runs side by side</h1>\n");
        warnings(out, columns);
        out.append("<table class=\"summary\"><tbody>");
        for (int i = 0; i < columns.size(); i++) {
            RunResult run = columns.get(i).run();
            Verdict verdict = Verdict.of(run);
            out.append("<tr><th class=\"run")
                    .append(i % RUN_COLOURS)
                    .append("\"><i></i>")
                    .append(Html.escaped(columns.get(i).label()))
                    .append("</th><td class=\"grade-");
            out.append(verdict.grade().name().toLowerCase(Locale.ROOT))
                    .append("\">")
                    .append(Html.escaped(verdict.headline()))
                    .append("</td><td>");
            out.append(Html.escaped(brokenOf(run))).append("</td></tr>\n");
        }
        out.append("</tbody></table></header>\n");
        for (String direction : List.of(RunResult.UP, RunResult.DOWN)) {
            figure(out, direction, columns);
        }
        scores(out, columns);
        join(out, columns);
        SettingsTable.write(out, columns);
        return Html.document("Comparison of " + columns.size() + " runs", out.toString());
    }

    static String brokenOf(RunResult run) {
        List<String> parts = new ArrayList<>();
        for (String name : List.of(RunResult.UP, RunResult.DOWN)) {
            DirectionResult direction = run.directions().get(name);
            if (direction != null && direction.brokenSeconds() != null && direction.seconds() != null) {
                parts.add(direction.brokenSeconds() + " of " + direction.seconds() + " s broken from "
                        + (name.equals(RunResult.UP) ? "patient to doctor" : "doctor to patient"));
            }
        }
        return parts.isEmpty() ? "nothing was measured" : String.join(", ", parts);
    }

    private static void warnings(StringBuilder out, List<Column> columns) {
        for (Column column : columns) {
            RunResult run = column.run();
            String who = columns.size() == 1 ? "The machine" : column.label() + ": the machine";
            if (run.starved()) {
                out.append("<p class=\"warning\"><b>")
                        .append(Html.escaped(who))
                        .append(" was overloaded.</b> ")
                        .append(Html.escaped(load(run)))
                        .append(
                                " Starved browsers sound like a bad network: these figures say little about the link.</p>\n");
            }
            if (run.partial()) {
                out.append("<p class=\"warning\"><b>")
                        .append(
                                columns.size() == 1
                                        ? "This run is partial."
                                        : Html.escaped(column.label()) + " is partial.")
                        .append("</b> It ended before its time; what it measured until then is below.</p>\n");
            }
        }
    }

    private static String load(RunResult run) {
        RunResult.Machine machine = run.machine();
        if (machine == null) {
            return "";
        }
        List<String> parts = new ArrayList<>();
        if (machine.lostAudioMs() != null) {
            parts.add(String.format(Locale.ROOT, "Browsers lost %.0f ms of audio time.", machine.lostAudioMs()));
        }
        if (machine.cpuBusy() != null) {
            parts.add(String.format(Locale.ROOT, "Processors were %.0f %% busy.", machine.cpuBusy() * 100));
        }
        return String.join(" ", parts);
    }

    private static void figure(StringBuilder out, String name, List<Column> columns) {
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            DirectionResult direction = columns.get(i).run().directions().get(name);
            if (direction != null) {
                lines.add(new Line(columns.get(i).label(), i % RUN_COLOURS, direction));
            }
        }
        String svg = Timeline.svg(lines);
        if (!svg.isEmpty()) {
            out.append("<section><h2>").append(title(name)).append("</h2>\n");
            legend(out, lines);
            out.append("<figure>")
                    .append(svg)
                    .append("<script type=\"application/json\" class=\"readings\">")
                    .append(Readings.json(lines))
                    .append("</script><figcaption class=\"reading\"></figcaption></figure></section>\n");
        }
    }

    private static void scores(StringBuilder out, List<Column> columns) {
        out.append(columns.size() > 3 ? "<section>" : "<section class=\"tables\">");
        for (String name : List.of(RunResult.UP, RunResult.DOWN)) {
            if (columns.stream().anyMatch(c -> c.run().directions().containsKey(name))) {
                out.append("<div class=\"scroll\"><h2>Scores, ")
                        .append(title(name).toLowerCase(Locale.ROOT))
                        .append("</h2>")
                        .append(ScoreTable.html(columns, name))
                        .append("</div>\n");
            }
        }
        out.append("</section>\n");
    }

    private static String title(String direction) {
        return direction.equals(RunResult.UP) ? "Patient → doctor" : "Doctor → patient";
    }

    private static void legend(StringBuilder out, List<Line> lines) {
        out.append("<p class=\"legend\"><span><i class=\"key link\"></i>link rate</span>");
        if (lines.size() == 1) {
            out.append(
                    "<span><i class=\"key wire\"></i>wire rate</span><span><i class=\"key estimate\"></i>estimate</span><span><i class=\"key queue\"></i>queue delay</span>");
        } else {
            for (Line line : lines) {
                out.append("<span><i class=\"key run")
                        .append(line.colour())
                        .append("\"></i>")
                        .append(Html.escaped(line.label()))
                        .append("</span>");
            }
            out.append("<span><i class=\"key dashes\"></i>estimate</span>");
        }
        out.append(
                "<span><i class=\"key broken\"></i>broken second</span><span><i class=\"key concealed\"></i>share concealed</span><span><i class=\"key limit\"></i>600 ms</span></p>\n");
    }

    private static void join(StringBuilder out, List<Column> columns) {
        if (columns.stream().allMatch(c -> c.run().join() == null)) {
            return;
        }
        out.append(
                "<section><h2>Join</h2><div class=\"scroll\"><table class=\"scores\"><thead><tr><th></th><th>Page</th><th>its floor</th><th>Click to waiting room</th><th>its floor</th><th>Link to waiting room</th><th>its floor</th><th>Admit to first audio</th><th>its floor</th><th>Down</th><th>Up</th><th>Requests</th></tr></thead><tbody>");
        for (Column column : columns) {
            RunResult.Join join = column.run().join();
            if (join != null) {
                out.append("<tr><th scope=\"row\">")
                        .append(Html.escaped(column.label()))
                        .append("</th>");
                Html.cell(out, seconds(join.pageMs()));
                Html.cell(out, seconds(join.pageFloorMs()));
                Html.cell(out, seconds(join.waitingMs()));
                Html.cell(out, seconds(join.waitingFloorMs()));
                Html.cell(out, seconds(join.coldMs()));
                Html.cell(out, seconds(join.coldFloorMs()));
                Html.cell(out, seconds(join.admitToAudioMs()));
                Html.cell(out, seconds(join.floorMs()));
                Html.cell(
                        out,
                        join.bytesDown() == null
                                ? null
                                : String.format(Locale.ROOT, "%.1f kB", join.bytesDown() / 1000.0));
                Html.cell(
                        out,
                        join.bytesUp() == null ? null : String.format(Locale.ROOT, "%.1f kB", join.bytesUp() / 1000.0));
                Html.cell(out, join.requests() == null ? null : join.requests().toString());
                out.append("</tr>\n");
            }
        }
        out.append("</tbody></table></div></section>\n");
    }

    private static @Nullable String seconds(@Nullable Double ms) {
        return ms == null ? null : String.format(Locale.ROOT, "%.2f s", ms / 1000);
    }
}
