package org.raabta.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The figures of one direction of several runs, side by side; rows that no run measured are left out. */
final class ScoreTable {
    static final String TIME_ON_RUNGS = "Time on rungs";

    /** Rupees per MB without a bundle (links-and-ladder, section 1): who pays it is who calls over GPRS. */
    private static final double RUPEES_PER_MB = 4.5;

    /** A figure as shown; {@code worth} is what it is compared by, null if none is better than another. */
    record Cell(String text, @Nullable Double worth) {}

    private interface Figure {
        @Nullable
        Cell of(RunResult run, DirectionResult direction);
    }

    /** {@code lowerIsBetter} is null where neither is. */
    record Row(String label, String hint, @Nullable Boolean lowerIsBetter, List<@Nullable Cell> cells) {
        boolean isBest(int column) {
            Cell cell = cells.get(column);
            if (lowerIsBetter == null || cell == null || cell.worth() == null || cells.size() < 2) {
                return false;
            }
            boolean differs = false;
            for (Cell other : cells) {
                if (other != null && other.worth() != null) {
                    int order = Double.compare(other.worth(), cell.worth()) * (lowerIsBetter ? 1 : -1);
                    if (order < 0) {
                        return false;
                    }
                    differs |= order != 0;
                }
            }
            return differs;
        }
    }

    private final List<Column> columns;
    private final String direction;
    private final List<Row> rows = new ArrayList<>();

    private ScoreTable(List<Column> columns, String direction) {
        this.columns = columns;
        this.direction = direction;
    }

    static List<Row> rows(List<Column> columns, String direction) {
        ScoreTable table = new ScoreTable(columns, direction);
        table.addSound();
        table.addWire();
        table.addPictures();
        return table.rows;
    }

    static String html(List<Column> columns, String direction) {
        StringBuilder out = new StringBuilder("<table class=\"scores\"><thead><tr><th></th>");
        for (int i = 0; i < columns.size(); i++) {
            out.append("<th scope=\"col\" class=\"run")
                    .append(i % 6)
                    .append("\">")
                    .append(Html.escaped(columns.get(i).label()))
                    .append("</th>");
        }
        out.append("</tr></thead><tbody>\n");
        for (Row row : rows(columns, direction)) {
            out.append("<tr><th scope=\"row\">").append(Html.escaped(row.label()));
            if (!row.hint().isEmpty()) {
                out.append(" <small>").append(Html.escaped(row.hint())).append("</small>");
            }
            out.append("</th>");
            for (int i = 0; i < row.cells().size(); i++) {
                Cell cell = row.cells().get(i);
                out.append(row.isBest(i) ? "<td class=\"best\">" : "<td>")
                        .append(
                                cell == null
                                        ? "<span class=\"none\" title=\"not measured\">–</span>"
                                        : Html.escaped(cell.text()))
                        .append("</td>");
            }
            out.append("</tr>\n");
        }
        return out.append("</tbody></table>\n").toString();
    }

    private void addSound() {
        add(
                "Broken seconds",
                "first measure of success",
                true,
                (r, d) -> d.brokenSeconds() == null || d.seconds() == null || d.seconds() == 0
                        ? null
                        : new Cell(d.brokenSeconds() + " of " + d.seconds(), (double) d.brokenSeconds() / d.seconds()));
        add("Concealed", "made up by the receiver, silence excluded", true, (r, d) -> percent(d.concealedRatio()));
        add("Longest gap", "", true, (r, d) -> seconds(d.longestGapMs()));
        add("Intelligibility", "ESTOI, 1 is untouched", false, (r, d) -> decimal(d.estoi(), "%.2f"));
        add("Opinion score", "E-model without delay, 1 to 4.4", false, (r, d) -> decimal(d.emodelMos(), "%.1f"));
        add(
                "Mouth to ear, median",
                "",
                true,
                (r, d) -> d.mouthToEarMs() == null
                        ? null
                        : milliseconds(d.mouthToEarMs().p50()));
        add(
                "Mouth to ear, 95 %",
                "",
                true,
                (r, d) -> d.mouthToEarMs() == null
                        ? null
                        : milliseconds(d.mouthToEarMs().p95()));
        add("First audio", "after the doctor's admit", true, (r, d) -> seconds(d.firstAudioMs()));
    }

    private void addWire() {
        add(
                "Wire rate, mean",
                "all packets with all headers",
                null,
                (r, d) -> d.wireKbps() == null ? null : kbps(d.wireKbps().mean()));
        add(
                "Wire rate, 95 %",
                "",
                null,
                (r, d) -> d.wireKbps() == null ? null : kbps(d.wireKbps().p95()));
        add("Data per minute", "at Rs 4.5 per MB without a bundle", true, (r, d) -> {
            if (d.wireBytes() == null || r.seconds() <= 0) {
                return null;
            }
            double perMinute = d.wireBytes() * 60 / r.seconds();
            return new Cell(
                    String.format(Locale.ROOT, "%.0f kB · Rs %.1f", perMinute / 1000, perMinute / 1e6 * RUPEES_PER_MB),
                    perMinute);
        });
        add(
                "Queue over 600 ms",
                "",
                true,
                (r, d) -> d.queueOver600msSeconds() == null
                        ? null
                        : new Cell(
                                String.format(Locale.ROOT, "%.0f s", d.queueOver600msSeconds()),
                                d.queueOver600msSeconds()));
        add("Estimator error", "median while the link is full", true, (r, d) -> percent(d.estimatorErrorRatio()));
        add(
                "Rung changes",
                "per minute",
                null,
                (r, d) -> d.rungChanges() == null || r.seconds() <= 0
                        ? null
                        : new Cell(
                                String.format(
                                        Locale.ROOT,
                                        "%.1f",
                                        Math.max(0, d.rungChanges().size() - 1) * 60 / r.seconds()),
                                null));
        add(
                TIME_ON_RUNGS,
                "",
                null,
                (r, d) -> d.rungSeconds() == null || d.rungSeconds().isEmpty()
                        ? null
                        : new Cell(rungs(d.rungSeconds()), null));
    }

    private void addPictures() {
        add("Video", "pictures per second, rate", null, (r, d) -> d.video() == null ? null : video(d.video()));
        add(
                "Video frozen",
                "",
                true,
                (r, d) -> d.video() == null || d.video().freezeSeconds() == null
                        ? null
                        : seconds(d.video().freezeSeconds() * 1000));
        add(
                "Stills",
                "per minute, age of the one shown, bytes each",
                null,
                (r, d) -> d.stills() == null || r.seconds() <= 0
                        ? null
                        : new Cell(stills(d.stills(), r.seconds()), null));
        add(
                "Requested photo",
                "until it was whole",
                true,
                (r, d) -> d.photo() == null ? null : seconds(d.photo().ms()));
        add("Its upload", "size, time, hash", null, (r, d) -> {
            DirectionResult.Photo photo = d.photo();
            String said = photo == null ? null : upload(photo);
            return said == null ? null : new Cell(said, null);
        });
        add("Of what the call left", "share of the link's bits meanwhile", false, (r, d) -> {
            DirectionResult.Transfer transfer =
                    d.photo() == null ? null : d.photo().transfer();
            return transfer == null ? null : percent(transfer.leftShare());
        });
    }

    private static String stills(DirectionResult.Stills stills, double seconds) {
        StringBuilder out = new StringBuilder(String.format(Locale.ROOT, "%.1f", stills.count() * 60 / seconds));
        Double ageMs = stills.medianAgeMs() == null ? stills.meanAgeMs() : stills.medianAgeMs();
        if (ageMs != null) {
            out.append(String.format(Locale.ROOT, ", %.1f s old", ageMs / 1000));
        }
        Long bytesEach = stills.bytesEach();
        if (bytesEach != null) {
            out.append(String.format(Locale.ROOT, ", %.1f kB", bytesEach / 1000.0));
        }
        return out.toString();
    }

    private static @Nullable String upload(DirectionResult.Photo photo) {
        DirectionResult.Transfer transfer = photo.transfer();
        if (transfer == null) {
            return null;
        }
        String hash = transfer.sameHash() == null ? "not there" : transfer.sameHash() ? "same hash" : "OTHER HASH";
        String resent = photo.resentBytes() == null ? "" : ", " + photo.resentBytes() + " bytes twice";
        return String.format(
                Locale.ROOT,
                "%dx%d, %.1f kB, %.1f s, %s%s",
                transfer.width(),
                transfer.height(),
                photo.bytes() / 1000.0,
                transfer.ms() / 1000,
                hash,
                resent);
    }

    private void add(String label, String hint, @Nullable Boolean lowerIsBetter, Figure figure) {
        List<@Nullable Cell> cells = new ArrayList<>();
        boolean measured = false;
        for (Column column : columns) {
            DirectionResult result = column.run().directions().get(direction);
            Cell cell = result == null ? null : figure.of(column.run(), result);
            measured |= cell != null;
            cells.add(cell);
        }
        if (measured) {
            rows.add(new Row(label, hint, lowerIsBetter, cells));
        }
    }

    private static String rungs(Map<String, Double> seconds) {
        return seconds.entrySet().stream()
                .map(e -> String.format(Locale.ROOT, "%s %.0f s", e.getKey(), e.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static @Nullable Cell video(DirectionResult.Video video) {
        List<String> parts = new ArrayList<>();
        if (video.fps() != null) {
            parts.add(String.format(Locale.ROOT, "%.1f/s", video.fps()));
        }
        if (video.kbps() != null) {
            parts.add(String.format(Locale.ROOT, "%.0f kbit/s", video.kbps()));
        }
        return parts.isEmpty() ? null : new Cell(String.join(", ", parts), null);
    }

    private static @Nullable Cell decimal(@Nullable Double value, String format) {
        return value == null ? null : new Cell(String.format(Locale.ROOT, format, value), value);
    }

    private static @Nullable Cell percent(@Nullable Double ratio) {
        return ratio == null ? null : new Cell(String.format(Locale.ROOT, "%.1f %%", ratio * 100), ratio);
    }

    private static @Nullable Cell seconds(@Nullable Double ms) {
        return ms == null ? null : new Cell(String.format(Locale.ROOT, ms < 1000 ? "%.2f s" : "%.1f s", ms / 1000), ms);
    }

    private static @Nullable Cell milliseconds(@Nullable Double ms) {
        return ms == null ? null : new Cell(String.format(Locale.ROOT, "%.0f ms", ms), ms);
    }

    private static @Nullable Cell kbps(@Nullable Double value) {
        return value == null
                ? null
                : new Cell(String.format(Locale.ROOT, value < 100 ? "%.1f kbit/s" : "%.0f kbit/s", value), value);
    }
}
