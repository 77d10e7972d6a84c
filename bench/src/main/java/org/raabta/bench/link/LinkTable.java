package org.raabta.bench.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.raabta.bench.link.Link.Conditions;
import org.raabta.bench.link.Link.Step;
import org.raabta.bench.link.LinkDirection.Limit;
import org.raabta.bench.link.LinkDirection.Loss;
import org.raabta.bench.link.LinkDirection.Rate;
import org.raabta.bench.link.LinkDirection.Stalls;
import org.raabta.bench.link.LinkDirection.Stalls.Length;

/** Links as an aligned table for a terminal. Where the directions differ, cells are down/up. */
public final class LinkTable {
    private static final List<String> HEADINGS =
            List.of("link", "kbps down/up", "RTT ms", "jitter and stalls", "loss", "queue ms", "events");

    private LinkTable() {}

    public static String of(List<Link> links) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEADINGS);
        links.forEach(link -> rows.add(row(link)));
        int columns = HEADINGS.size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int column = 0; column < columns; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        StringBuilder table = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String cell = row.get(column);
                line.append(cell).append(" ".repeat(widths[column] - cell.length() + 2));
            }
            table.append(line.toString().stripTrailing()).append('\n');
        }
        return table.toString();
    }

    private static List<String> row(Link link) {
        Conditions start = link.start();
        LinkDirection down = start.down();
        LinkDirection up = start.up();
        return List.of(
                link.name(),
                rate(down.rate()) + "/" + rate(up.rate()),
                String.valueOf(start.baseRoundTrip().toMillis()),
                both(disturbance(down), disturbance(up)),
                both(loss(down.loss()), loss(up.loss())),
                both(queue(down.queue()), queue(up.queue())),
                events(link));
    }

    private static String both(String down, String up) {
        return down.equals(up) ? down : down + " / " + up;
    }

    private static String rate(Rate rate) {
        if (rate instanceof Rate.Constant constant) {
            return kbps(constant.bitsPerSecond());
        } else if (rate instanceof Rate.Schedule schedule) {
            return schedule.points().stream()
                    .map(point -> kbps(point.bitsPerSecond()))
                    .distinct()
                    .collect(Collectors.joining(">"));
        } else if (rate instanceof Rate.Walk walk) {
            return kbps(walk.middleBitsPerSecond()) + "x" + plain(walk.lowest()) + "-" + plain(walk.highest());
        }
        return "trace";
    }

    private static String queue(Limit limit) {
        return limit instanceof Limit.Time time ? millis(time.time()) : ((Limit.Bytes) limit).bytes() + " B";
    }

    private static String disturbance(LinkDirection direction) {
        List<String> parts = new ArrayList<>();
        if (!direction.jitterSd().isZero()) {
            parts.add("sd " + millis(direction.jitterSd()));
        }
        direction.stalls().ifPresent(stalls -> parts.add(stalls(stalls)));
        direction
                .wake()
                .ifPresent(wake -> parts.add("+" + millis(wake.delay()) + " after " + seconds(wake.idle()) + " idle"));
        return parts.isEmpty() ? "-" : String.join(", ", parts);
    }

    private static String stalls(Stalls stalls) {
        String length = stalls.length() instanceof Length.Exponential exponential
                ? "exp(" + millis(exponential.mean()) + ")"
                : stalls.length() instanceof Length.Uniform uniform
                        ? millis(uniform.shortest()) + "-" + millis(uniform.longest())
                        : "";
        return "stall " + length + " per " + seconds(stalls.every());
    }

    private static String loss(Optional<Loss> loss) {
        return loss.map(it -> plain(100 * it.share()) + " %"
                        + (it.burst().isZero() ? "" : " in " + millis(it.burst()) + " ms"))
                .orElse("0");
    }

    private static String events(Link link) {
        List<String> events = new ArrayList<>();
        link.start()
                .gaps()
                .ifPresent(gaps -> events.add("gap " + seconds(gaps.length()) + " every " + seconds(gaps.every())));
        if (link.udpBlocked()) {
            events.add("UDP dropped");
        }
        for (Step step : link.script().steps()) {
            events.add(event(step));
        }
        link.script().repeat().ifPresent(repeat -> events.add("again every " + seconds(repeat)));
        return events.isEmpty() ? "-" : String.join("; ", events);
    }

    private static String event(Step step) {
        List<String> parts = new ArrayList<>();
        if (!step.outages().isEmpty()) {
            parts.add("nothing for "
                    + step.outages().stream()
                            .map(length -> plain(length.toMillis() / 1000.0))
                            .collect(Collectors.joining("|"))
                    + " s");
        }
        step.like().ifPresent(parts::add);
        return seconds(step.at()) + ": " + String.join(", then ", parts);
    }

    private static String kbps(long bitsPerSecond) {
        return plain(bitsPerSecond / 1000.0);
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }

    private static String seconds(Duration duration) {
        return plain(duration.toMillis() / 1000.0) + " s";
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.format(Locale.ROOT, "%.1f", number);
    }
}
