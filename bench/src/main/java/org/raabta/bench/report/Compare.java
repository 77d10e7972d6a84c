package org.raabta.bench.report;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.raabta.bench.options.CallerFolder;

/** {@code bench compare DIR DIR... [--out FILE]}: runs side by side as a table on the terminal and as a page. */
public final class Compare {
    private static final String USAGE =
            "usage: bench compare DIR DIR... [--out FILE]   (FILE is compare.html if not given)";

    private Compare() {}

    /** Runs the command; its exit status is 0, or 2 with one line on {@code err} if an argument is wrong. */
    public static int run(List<String> arguments, PrintStream out, PrintStream err) {
        try {
            Path page = CallerFolder.resolve("compare.html");
            List<RunResult> runs = new ArrayList<>();
            for (int i = 0; i < arguments.size(); i++) {
                String argument = arguments.get(i);
                if (argument.equals("--out")) {
                    if (++i == arguments.size()) {
                        return refused(err, "--out needs a file");
                    }
                    page = CallerFolder.resolve(arguments.get(i));
                } else if (argument.startsWith("--")) {
                    return refused(err, "unknown option " + argument);
                } else {
                    runs.add(ResultFile.read(CallerFolder.resolve(argument)));
                }
            }
            if (runs.size() < 2) {
                return refused(err, USAGE);
            }
            List<Column> columns = Column.named(runs);
            out.print(text(columns));
            Files.writeString(page, Report.comparison(columns), StandardCharsets.UTF_8);
            out.println("report " + page);
            return 0;
        } catch (IOException | InvalidPathException e) {
            return refused(err, String.valueOf(e.getMessage()));
        }
    }

    static String text(List<Column> columns) {
        StringBuilder out = new StringBuilder();
        for (String direction : List.of(RunResult.UP, RunResult.DOWN)) {
            List<ScoreTable.Row> rows = ScoreTable.rows(columns, direction);
            if (rows.isEmpty()) {
                continue;
            }
            int width = 14;
            for (Column column : columns) {
                width = Math.max(width, column.label().length() + 2);
            }
            for (ScoreTable.Row row : rows) {
                for (ScoreTable.Cell cell : row.cells()) {
                    width = Math.max(
                            width,
                            cell == null || tooWide(row) ? 0 : cell.text().length() + 2);
                }
            }
            out.append(String.format(Locale.ROOT, "%-24s", direction));
            for (Column column : columns) {
                out.append(String.format(Locale.ROOT, "%" + width + "s", column.label()));
            }
            out.append('\n');
            for (ScoreTable.Row row : rows) {
                if (tooWide(row)) {
                    continue;
                }
                out.append(String.format(Locale.ROOT, "%-24s", row.label()));
                for (ScoreTable.Cell cell : row.cells()) {
                    out.append(String.format(Locale.ROOT, "%" + width + "s", cell == null ? "-" : cell.text()));
                }
                out.append('\n');
            }
            out.append('\n');
        }
        return out.toString();
    }

    /** For a terminal's column; the page has it. */
    private static boolean tooWide(ScoreTable.Row row) {
        return row.label().equals(ScoreTable.TIME_ON_RUNGS);
    }

    private static int refused(PrintStream err, String why) {
        err.println("bench compare: " + why);
        return 2;
    }
}
