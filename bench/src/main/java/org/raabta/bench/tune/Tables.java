package org.raabta.bench.tune;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Outcomes as JSON, as a table for a terminal, and as a page of its own with heat maps. */
final class Tables {
    static final String PAGE = "report.html";
    static final String JSON = "result.json";

    private static final int CELL_WIDTH = 84;
    private static final int CELL_HEIGHT = 26;
    private static final int NAME_WIDTH = 420;
    private static final int HEAD_HEIGHT = 120;
    /** From here on a cell is wholly red. */
    private static final double WORST_SHARE = 0.3;

    private static final String STYLE =
            "body{font:15px/1.5 system-ui,sans-serif;margin:2rem;color:#1c2430;background:#fff}"
                    + "table{border-collapse:collapse}td,th{padding:.2rem .8rem;text-align:right;border-bottom:1px solid #dde}"
                    + "td:first-child,th:first-child{text-align:left}svg{max-width:100%;height:auto}"
                    + "svg text{font:12px system-ui,sans-serif}";

    private Tables() {}

    /** Outcomes that belong together: all of a sweep; of a search, those of the links it knew and of those it did not. */
    record Part(String title, List<Sweep.Outcome> rows) {}

    static void write(Path directory, String title, List<Part> parts) throws IOException {
        Files.createDirectories(directory);
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        Files.writeString(directory.resolve(JSON), mapper.writeValueAsString(Map.of("title", title, "parts", parts)));
        StringBuilder page = new StringBuilder("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>")
                .append(escaped(title))
                .append("</title><style>")
                .append(STYLE)
                .append("</style><h1>")
                .append(escaped(title))
                .append(
                        "</h1><p>A cell is the share of broken seconds, both directions together; darker is worse.</p>");
        for (Part part : parts) {
            page.append("<h2>").append(escaped(part.title)).append("</h2>");
            heatMap(page, part.rows);
            table(page, part.rows);
        }
        Files.writeString(directory.resolve(PAGE), page.append("</html>\n"), StandardCharsets.UTF_8);
    }

    private static void heatMap(StringBuilder page, List<Sweep.Outcome> rows) {
        List<String> links = new ArrayList<>(rows.get(0).byLink().keySet());
        int width = NAME_WIDTH + links.size() * CELL_WIDTH;
        int height = HEAD_HEIGHT + rows.size() * CELL_HEIGHT;
        page.append(String.format(
                Locale.ROOT,
                "<svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" aria-label=\"heat map\">",
                width,
                height,
                width));
        for (int x = 0; x < links.size(); x++) {
            int at = NAME_WIDTH + x * CELL_WIDTH + CELL_WIDTH / 2;
            page.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"%d\" transform=\"rotate(-45 %d %d)\">%s</text>",
                    at,
                    HEAD_HEIGHT - 8,
                    at,
                    HEAD_HEIGHT - 8,
                    escaped(links.get(x))));
        }
        for (int y = 0; y < rows.size(); y++) {
            int top = HEAD_HEIGHT + y * CELL_HEIGHT;
            page.append(String.format(
                    Locale.ROOT,
                    "<text x=\"0\" y=\"%d\">%s</text>",
                    top + 17,
                    escaped(rows.get(y).variant())));
            int x = NAME_WIDTH;
            for (Score score : rows.get(y).byLink().values()) {
                double heat = Math.min(1, score.brokenShare() / WORST_SHARE);
                page.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"hsl(%.0f,70%%,%.0f%%)\"/>"
                                + "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%.1f %%</text>",
                        x,
                        top,
                        CELL_WIDTH - 2,
                        CELL_HEIGHT - 2,
                        140 - 140 * heat,
                        88 - 28 * heat,
                        x + CELL_WIDTH / 2,
                        top + 17,
                        100 * score.brokenShare()));
                x += CELL_WIDTH;
            }
        }
        page.append("</svg>");
    }

    private static void table(StringBuilder page, List<Sweep.Outcome> rows) {
        page.append("<table><tr><th>settings<th>broken %<th>mouth to ear ms<th>video kbps<th>queue over 600 ms %</tr>");
        for (Sweep.Outcome row : rows) {
            Score mean = row.mean();
            page.append(String.format(
                    Locale.ROOT,
                    "<tr><td>%s<td>%.2f<td>%.0f<td>%.0f<td>%.2f</tr>",
                    escaped(row.variant()),
                    100 * mean.brokenShare(),
                    mean.mouthToEarMs(),
                    mean.videoKbps(),
                    100 * mean.deepQueueShare()));
        }
        page.append("</table>");
    }

    static String text(List<Sweep.Outcome> rows) {
        StringBuilder out = new StringBuilder(String.format(
                Locale.ROOT, "%-60s %9s %9s %8s %8s%n", "settings", "broken %", "m2e ms", "video", "q>600 %"));
        for (Sweep.Outcome row : rows) {
            Score mean = row.mean();
            out.append(String.format(
                    Locale.ROOT,
                    "%-60s %9.2f %9.0f %8.0f %8.2f%n",
                    row.variant(),
                    100 * mean.brokenShare(),
                    mean.mouthToEarMs(),
                    mean.videoKbps(),
                    100 * mean.deepQueueShare()));
        }
        return out.toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }
}
