package org.raabta.bench.emulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/** What happened on a link, packet by packet in the order of offering. */
public final class LinkLog {
    private final List<LinkEvent> events = new ArrayList<>();

    void add(LinkEvent event) {
        events.add(event);
    }

    /** A view: it grows with the link. */
    public List<LinkEvent> events() {
        return java.util.Collections.unmodifiableList(events);
    }

    public List<LinkEvent> events(Way way) {
        return events.stream().filter(event -> event.way() == way).toList();
    }

    /** What the result file has no figure for: how much of what was offered, and how many packets the link lost, and why. */
    public String summary(Way way) {
        List<LinkEvent> offered = events(way);
        StringJoiner lost = new StringJoiner(", ");
        for (Drop reason : Drop.values()) {
            long count = dropped(way, reason);
            if (count > 0) {
                String name = reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
                lost.add(String.format(Locale.ROOT, "%s %.1f %%", name, 100.0 * count / offered.size()));
            }
        }
        return String.format(
                Locale.ROOT,
                "%d packets offered to the link (UDP %.1f kB, TCP %.1f kB), lost: %s",
                offered.size(),
                kilobytes(offered, Transport.UDP),
                kilobytes(offered, Transport.TCP),
                lost.length() == 0 ? "none" : lost);
    }

    private static double kilobytes(List<LinkEvent> events, Transport transport) {
        return events.stream()
                .filter(event -> event.transport() == transport)
                .mapToDouble(event -> event.wireBytes() / 1000.0)
                .sum();
    }

    public long dropped(Way way, Drop reason) {
        return events.stream()
                .filter(event -> event.way() == way
                        && event.fate() instanceof Fate.Dropped dropped
                        && dropped.reason() == reason)
                .count();
    }
}
