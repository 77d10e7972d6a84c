package org.raabta.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.Rung;
import org.raabta.bench.report.DirectionResult.RungChange;
import org.raabta.bench.report.DirectionResult.Sample;

/**
 * One direction over time as inline SVG: rates, queue, what was heard, and rungs, one below the other on one time axis. With
 * several runs their lines lie over each other and their strips below each other.
 */
final class Timeline {
    /** One run's line; {@code colour} is its number among the style sheet's run colours. */
    record Line(String label, int colour, DirectionResult direction) {}

    static final double WIDTH = 1080;
    static final double LEFT = 96;
    static final double RIGHT = 1068;
    private static final double RATES_HEIGHT = 170;
    private static final double QUEUE_HEIGHT = 84;
    private static final double HEARD_HEIGHT = 40;
    private static final double BROKEN_HEIGHT = 11;
    private static final double RUNG_HEIGHT = 22;
    private static final double SPACE = 14;
    /** Between the strips of several runs. */
    private static final double STRIP_SPACE = 5;

    private static final double LETTER = 7.2;

    private final List<Line> lines;
    private final double seconds;
    /** What lies below everything: the lanes' grounds and the lines of time. */
    private final StringBuilder ground = new StringBuilder();

    private final StringBuilder out = new StringBuilder();
    private double y = 6;

    private Timeline(List<Line> lines) {
        this.lines = lines;
        this.seconds = lines.stream().mapToDouble(Timeline::endSeconds).max().orElse(0);
    }

    /** The drawing, or an empty string if no run has samples. */
    static String svg(List<Line> lines) {
        Timeline timeline = new Timeline(lines);
        return timeline.seconds > 0 ? timeline.draw() : "";
    }

    static String number(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    private String draw() {
        StringBuilder lanes = new StringBuilder();
        double top = y;
        drawRates();
        drawQueue();
        for (Line line : lines) {
            drawHeard(line);
        }
        y += lines.size() == 1 ? 0 : SPACE - STRIP_SPACE;
        for (Line line : lines) {
            drawRungs(line);
        }
        double bottom = y - (lines.size() == 1 ? SPACE : STRIP_SPACE) + 4;
        drawAxis(top, bottom);
        lanes.append(String.format(
                Locale.ROOT,
                "<svg class=\"timeline\" viewBox=\"0 0 %s %s\" role=\"img\" aria-label=\"Rates, queue, what was heard and rungs over time\" data-seconds=\"%s\" data-left=\"%s\" data-right=\"%s\">\n",
                number(WIDTH),
                number(bottom + 34),
                number(seconds),
                number(LEFT),
                number(RIGHT)));
        return lanes.append(ground)
                .append(out)
                .append(String.format(
                        Locale.ROOT,
                        "<line class=\"cursor\" x1=\"0\" x2=\"0\" y1=\"%s\" y2=\"%s\"/>\n</svg>\n",
                        number(top),
                        number(bottom)))
                .toString();
    }

    private void drawRates() {
        RateScale rates = RateScale.of(
                lines.stream().flatMap(line -> samples(line).stream()).toList());
        double base = y + RATES_HEIGHT;
        Function<Double, Double> scale = kbps -> base - RATES_HEIGHT * rates.height(kbps);
        lane("kbit/s", RATES_HEIGHT);
        brokenBands(y, RATES_HEIGHT);
        for (double tick : rates.ticks()) {
            gridLine(scale.apply(tick), tick >= 1000 ? number(tick / 1000) + " M" : number(tick));
        }
        for (Line line : linesWithOwnLink()) {
            String name = lines.size() == 1 || sameLinks() ? "link" : "link run" + line.colour();
            steps(line, Sample::linkKbps, scale, name, base);
        }
        for (Line line : lines) {
            steps(line, Sample::estimateKbps, scale, "estimate " + run(line), Double.NaN);
        }
        for (Line line : lines) {
            steps(line, Sample::wireKbps, scale, "wire " + run(line), Double.NaN);
        }
        y += RATES_HEIGHT + SPACE;
    }

    private void drawQueue() {
        boolean measured =
                lines.stream().anyMatch(line -> samples(line).stream().anyMatch(s -> s.queueMs() != null));
        if (!measured) {
            return;
        }
        double most = 1000;
        for (Line line : lines) {
            most = Math.max(
                    most,
                    samples(line).stream()
                            .mapToDouble(s -> orZero(s.queueMs()))
                            .max()
                            .orElse(0));
        }
        double high = most <= 1000 ? 1000 : Math.ceil(most / 2000) * 2000;
        double base = y + QUEUE_HEIGHT;
        Function<Double, Double> scale = ms -> base - QUEUE_HEIGHT * Math.min(1, ms / high);
        lane("queue", QUEUE_HEIGHT);
        brokenBands(y, QUEUE_HEIGHT);
        gridLine(base, "0");
        gridLine(scale.apply(high / 2), number(high / 2000) + " s");
        gridLine(scale.apply(high), number(high / 1000) + " s");
        out.append(String.format(
                Locale.ROOT,
                "<line class=\"limit\" x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>\n",
                number(LEFT),
                number(RIGHT),
                number(scale.apply(600.0)),
                number(scale.apply(600.0))));
        for (Line line : lines) {
            steps(line, Sample::queueMs, scale, "queue " + run(line), lines.size() == 1 ? base : Double.NaN);
        }
        y += QUEUE_HEIGHT + SPACE;
    }

    private void drawHeard(Line line) {
        boolean measured = samples(line).stream().anyMatch(s -> s.broken() != null || s.concealedRatio() != null);
        if (!measured) {
            return;
        }
        strip(lines.size() == 1 ? "heard" : line.label(), line, HEARD_HEIGHT, "heard");
        for (Sample sample : samples(line)) {
            double x = x(sample.atMs() / 1000);
            double width = x(sample.atMs() / 1000 + 1) - x;
            double room = HEARD_HEIGHT - BROKEN_HEIGHT;
            double height = room * Math.min(1, orZero(sample.concealedRatio()));
            if (height > 0.3) {
                rect("concealed", x, y + room - height, width, height, null);
            }
            if (Boolean.TRUE.equals(sample.broken())) {
                rect("broken", x, y + room, width, BROKEN_HEIGHT, null);
            }
        }
        y += HEARD_HEIGHT + (lines.size() == 1 ? SPACE : STRIP_SPACE);
    }

    private void drawRungs(Line line) {
        List<RungChange> changes = line.direction().rungChanges();
        if (changes == null || changes.isEmpty()) {
            return;
        }
        strip(lines.size() == 1 ? "rung" : line.label(), line, RUNG_HEIGHT, "rungs");
        for (int i = 0; i < changes.size(); i++) {
            double from = Math.max(0, changes.get(i).atMs() / 1000);
            double to = i + 1 < changes.size() ? changes.get(i + 1).atMs() / 1000 : endSeconds(line);
            if (Math.min(to, seconds) <= from) {
                continue;
            }
            double x = x(from);
            double width = x(Math.min(to, seconds)) - x;
            String rung = changes.get(i).to();
            rect(
                    "rung rung-" + level(rung),
                    x,
                    y,
                    width,
                    RUNG_HEIGHT,
                    rung + ": " + changes.get(i).reason());
            if (width > LETTER * rung.length() + 6) {
                out.append(String.format(
                        Locale.ROOT,
                        "<text class=\"rung-name on-%d\" x=\"%s\" y=\"%s\">%s</text>\n",
                        level(rung),
                        number(x + width / 2),
                        number(y + RUNG_HEIGHT / 2 + 4.2),
                        Html.escaped(rung)));
            }
        }
        y += RUNG_HEIGHT + (lines.size() == 1 ? SPACE : STRIP_SPACE);
    }

    private void drawAxis(double top, double bottom) {
        double step = 5;
        for (double candidate : new double[] {5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600}) {
            step = candidate;
            if (seconds / candidate <= 14) {
                break;
            }
        }
        for (double at = 0; at <= seconds; at += step) {
            ground.append(String.format(
                    Locale.ROOT,
                    "<line class=\"grid\" x1=\"%1$s\" x2=\"%1$s\" y1=\"%2$s\" y2=\"%3$s\"/>",
                    number(x(at)),
                    number(top),
                    number(bottom)));
            ground.append(String.format(
                    Locale.ROOT,
                    "<text class=\"tick\" text-anchor=\"middle\" x=\"%s\" y=\"%s\">%s</text>\n",
                    number(x(at)),
                    number(bottom + 16),
                    at == 0 ? "0 s" : number(at)));
        }
        ground.append(String.format(
                Locale.ROOT, "<text class=\"lane\" x=\"%s\" y=\"%s\">time</text>\n", number(4.0), number(bottom + 16)));
    }

    private void steps(
            Line line,
            Function<Sample, @Nullable Double> figure,
            Function<Double, Double> scale,
            String name,
            double base) {
        StringBuilder path = new StringBuilder();
        boolean pen = false;
        double startX = 0;
        double lastX = 0;
        for (Sample sample : samples(line)) {
            Double value = figure.apply(sample);
            if (value == null) {
                closeArea(path, pen, startX, lastX, base);
                pen = false;
                continue;
            }
            double x = x(sample.atMs() / 1000);
            startX = pen ? startX : x;
            path.append(pen ? "L" : "M").append(number(x)).append(' ').append(number(scale.apply(value)));
            lastX = x(sample.atMs() / 1000 + 1);
            path.append('H').append(number(lastX));
            pen = true;
        }
        closeArea(path, pen, startX, lastX, base);
        if (!path.isEmpty()) {
            out.append("<path class=\"")
                    .append(name.trim())
                    .append(Double.isNaN(base) ? "" : " area")
                    .append("\" d=\"")
                    .append(path)
                    .append("\"/>\n");
        }
    }

    private static void closeArea(StringBuilder path, boolean pen, double startX, double lastX, double base) {
        if (pen && !Double.isNaN(base)) {
            path.append('L')
                    .append(number(lastX))
                    .append(' ')
                    .append(number(base))
                    .append('H')
                    .append(number(startX))
                    .append('Z');
        }
    }

    /** Broken seconds of a single run, faint behind what may explain them. */
    private void brokenBands(double top, double height) {
        if (lines.size() == 1) {
            for (Sample sample : samples(lines.get(0))) {
                if (Boolean.TRUE.equals(sample.broken())) {
                    double x = x(sample.atMs() / 1000);
                    rect("band", x, top, x(sample.atMs() / 1000 + 1) - x, height, null);
                }
            }
        }
    }

    private void lane(String name, double height) {
        out.append(String.format(
                Locale.ROOT, "<text class=\"lane\" x=\"4\" y=\"%s\">%s</text>\n", number(y + 11), Html.escaped(name)));
        ground(height);
    }

    private void strip(String name, Line line, double height, String what) {
        String shown = name.length() > 13 ? name.substring(0, 12) + "…" : name;
        out.append(String.format(
                Locale.ROOT,
                "<text class=\"lane %s\" x=\"4\" y=\"%s\">%s<title>%s: %s</title></text>\n",
                run(line),
                number(y + height / 2 + 4),
                Html.escaped(shown),
                Html.escaped(name),
                what));
        ground(height);
    }

    private void ground(double height) {
        ground.append(String.format(
                Locale.ROOT,
                "<rect class=\"frame\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"/>\n",
                number(LEFT),
                number(y),
                number(RIGHT - LEFT),
                number(height)));
    }

    private void gridLine(double at, String label) {
        out.append(String.format(
                Locale.ROOT,
                "<line class=\"grid\" x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>",
                number(LEFT),
                number(RIGHT),
                number(at),
                number(at)));
        out.append(String.format(
                Locale.ROOT,
                "<text class=\"tick\" text-anchor=\"end\" x=\"%s\" y=\"%s\">%s</text>\n",
                number(LEFT - 6),
                number(at + 4),
                label));
    }

    private void rect(String name, double x, double top, double width, double height, @Nullable String title) {
        out.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"",
                name,
                number(x),
                number(top),
                number(width),
                number(height)));
        out.append(title == null ? "/>\n" : "><title>" + Html.escaped(title) + "</title></rect>\n");
    }

    private String run(Line line) {
        return lines.size() == 1 ? "" : "run" + line.colour();
    }

    private List<Line> linesWithOwnLink() {
        List<Line> out2 = new ArrayList<>(lines);
        return sameLinks() ? out2.subList(0, Math.min(1, out2.size())) : out2;
    }

    /** Whether all runs met the same rates, so that one area stands for all. */
    private boolean sameLinks() {
        List<@Nullable Double> first = lines.isEmpty() ? List.of() : links(lines.get(0));
        return lines.stream().allMatch(line -> {
            List<@Nullable Double> other = links(line);
            int common = Math.min(first.size(), other.size());
            return first.subList(0, common).equals(other.subList(0, common));
        });
    }

    private static List<@Nullable Double> links(Line line) {
        List<@Nullable Double> out = new ArrayList<>();
        for (Sample sample : samples(line)) {
            out.add(sample.linkKbps());
        }
        return out;
    }

    private static double endSeconds(Line line) {
        return samples(line).stream().mapToDouble(Sample::atMs).max().orElse(-1000) / 1000 + 1;
    }

    private double x(double second) {
        return LEFT + (RIGHT - LEFT) * second / seconds;
    }

    private static int level(String rung) {
        for (Rung known : Rung.values()) {
            if (known.label().equals(rung)) {
                return java.util.Arrays.asList(Rung.values()).indexOf(known);
            }
        }
        return Rung.values().length - 1;
    }

    private static List<Sample> samples(Line line) {
        List<Sample> samples = line.direction().samples();
        return samples == null ? List.of() : samples;
    }

    private static double orZero(@Nullable Double value) {
        return value == null ? 0 : value;
    }
}
