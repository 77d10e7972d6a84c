package org.raabta.signaling.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The entries of one consultation. Every change gives the changed entry back, to be kept and told. */
public final class TimeLine {
    private final List<Entry> entries = new ArrayList<>();
    private final Map<String, Integer> places = new HashMap<>();
    private long version;

    /** What was kept, in the order of its places, without gaps. */
    public void restore(List<Entry> kept) {
        for (Entry entry : kept) {
            put(entry);
            version = Math.max(version, entry.version());
        }
    }

    public long version() {
        return version;
    }

    public List<Entry> all() {
        return List.copyOf(entries);
    }

    public Optional<Entry> find(String id) {
        Integer place = places.get(id);
        return place == null ? Optional.empty() : Optional.of(entries.get(place - 1));
    }

    public Entry add(Kind kind, Status status, String id, String by, Instant at, ObjectNode body) {
        version++;
        return put(new Entry(entries.size() + 1, version, version, kind, status, id, by, at, at, body));
    }

    /** @param changes fields of the body that are new; the others stay */
    public Entry change(Entry entry, Status status, ObjectNode changes, Instant now) {
        ObjectNode body = entry.body().deepCopy();
        body.setAll(changes);
        version++;
        return put(entry.with(version, status, body, now));
    }

    /** What changed after {@code from}, oldest first. */
    public List<Entry> since(long from) {
        return entries.stream()
                .filter(entry -> entry.version() > from)
                .sorted(Comparator.comparingLong(Entry::version))
                .toList();
    }

    /** What others than {@code reader} sent up to {@code upTo} and that has not come so far. */
    public List<Entry> behind(String reader, long upTo, Status status) {
        return entries.stream()
                .filter(entry -> entry.kind() == Kind.MSG || entry.kind() == Kind.ASK)
                .filter(entry -> entry.made() <= upTo && !entry.by().equals(reader))
                .filter(entry -> entry.status().compareTo(status) < 0)
                .toList();
    }

    private Entry put(Entry entry) {
        if (entry.place() == entries.size() + 1) {
            entries.add(entry);
        } else {
            entries.set(entry.place() - 1, entry);
        }
        if (!entry.id().isEmpty()) {
            places.put(entry.id(), entry.place());
        }
        return entry;
    }
}
