package org.raabta.bench.emulator;

import java.util.ArrayList;
import java.util.List;

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

    public long dropped(Way way, Drop reason) {
        return events.stream()
                .filter(event -> event.way() == way
                        && event.fate() instanceof Fate.Dropped dropped
                        && dropped.reason() == reason)
                .count();
    }
}
