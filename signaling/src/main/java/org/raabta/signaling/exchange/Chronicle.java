package org.raabta.signaling.exchange;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.util.concurrent.EventExecutor;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.raabta.relay.control.LegId;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.timeline.Entry;
import org.raabta.signaling.timeline.EntryJson;
import org.raabta.signaling.timeline.Kind;
import org.raabta.signaling.timeline.Status;
import org.raabta.signaling.timeline.TimeLine;

/** The time line of one consultation: every change is kept first and told then. Owned by the exchange. */
final class Chronicle {
    /** Of one message: it stays below the socket's limit and is a second of a GPRS downlink. */
    private static final int MOST_CHARS = 4000;

    private static final long RETRY_SECONDS = 5;

    private final long consult;
    private final Shelf shelf;
    private final Outside outside;
    private final EventExecutor loop;
    private final InstantSource clock;
    private final TimeLine line = new TimeLine();
    private final Deque<Entry> unsaved = new ArrayDeque<>();
    private final Deque<Later> later = new ArrayDeque<>();
    private final Map<LegId, Reader> readers = new HashMap<>();
    /** Who wrote what in this life of the server: they need no echo of their own words. */
    private final Map<String, LegId> writers = new HashMap<>();

    private long saved;
    private boolean saving;

    /** What is to be done when everything up to {@code version} is kept. */
    private record Later(long version, Runnable action) {}

    private static final class Reader {
        final String role;
        /** Up to where it was told; nothing is told before it asks. */
        long told = -1;

        Reader(String role) {
            this.role = role;
        }
    }

    Chronicle(long consult, Shelf shelf, Outside outside, EventExecutor loop, InstantSource clock) {
        this.consult = consult;
        this.shelf = shelf;
        this.outside = outside;
        this.loop = loop;
        this.clock = clock;
    }

    void restore(List<Entry> kept) {
        line.restore(kept);
        saved = line.version();
    }

    Instant now() {
        return clock.instant();
    }

    List<Entry> all() {
        return line.all();
    }

    Optional<Entry> find(String id) {
        return line.find(id);
    }

    void open(LegId leg, String role) {
        readers.put(leg, new Reader(role));
    }

    void close(LegId leg) {
        readers.remove(leg);
    }

    String role(LegId leg) {
        Reader reader = readers.get(leg);
        return reader == null ? "" : reader.role;
    }

    /** Pages that are here. */
    List<LegId> legs() {
        return List.copyOf(readers.keySet());
    }

    List<LegId> others(String role) {
        return readers.entrySet().stream()
                .filter(reader -> !reader.getValue().role.equals(role))
                .map(Map.Entry::getKey)
                .toList();
    }

    List<LegId> of(String role) {
        return readers.entrySet().stream()
                .filter(reader -> reader.getValue().role.equals(role))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** From where a page wants to hear. */
    void asked(LegId leg, long from) {
        Reader reader = readers.get(leg);
        if (reader != null) {
            reader.told = Math.min(Math.max(0, from), line.version());
            tell(leg, reader);
        }
    }

    Entry add(Kind kind, Status status, String id, String by, Instant at, ObjectNode body) {
        return keep(line.add(kind, status, id, by, at, body));
    }

    void written(String id, LegId by) {
        writers.put(id, by);
    }

    Entry change(Entry entry, Status status, ObjectNode changes) {
        return keep(line.change(entry, status, changes, clock.instant()));
    }

    Entry change(Entry entry, Status status) {
        return change(entry, status, Json.object());
    }

    void event(String what, String by, ObjectNode more) {
        if (line.all().stream().filter(entry -> entry.kind() == Kind.EVENT).count() < Limits.MOST_EVENTS) {
            ObjectNode body = Json.object().put("what", what);
            body.setAll(more);
            add(Kind.EVENT, Status.NONE, "", by, clock.instant(), body);
        }
    }

    /** A reader has, or has seen, everything up to there. */
    void upTo(String role, long version, Status status) {
        line.behind(role, version, status).forEach(entry -> change(entry, status));
    }

    /** When everything that changed so far is kept. */
    void whenKept(Runnable action) {
        if (saved >= line.version()) {
            action.run();
        } else {
            later.add(new Later(line.version(), action));
        }
    }

    /** What changed after {@code from}, for HTTP; {@code more} where that was not all. */
    ObjectNode since(long from) {
        ObjectNode json = Json.object();
        fill(json, from, entry -> false);
        return json;
    }

    /**
     * @param own what the reader wrote itself
     * @return the version that was told up to
     */
    private long fill(ObjectNode json, long from, Predicate<Entry> own) {
        ArrayNode entries = json.putArray("e");
        int chars = 0;
        long told = from;
        for (Entry entry : line.since(from)) {
            if (entry.version() > saved) {
                break;
            }
            if (entry.kind() != Kind.THUMB) {
                ObjectNode one = EntryJson.told(entry, entry.made() <= from, own.test(entry));
                chars += Json.text(one).length();
                if (chars > MOST_CHARS && !entries.isEmpty()) {
                    json.put("more", 1);
                    return told;
                }
                entries.add(one);
            }
            told = entry.version();
        }
        return told;
    }

    private Entry keep(Entry entry) {
        unsaved.add(entry);
        save();
        return entry;
    }

    private void save() {
        Entry entry = unsaved.peek();
        if (saving || entry == null) {
            return;
        }
        saving = true;
        var unused = shelf.entries()
                .save(EntryJson.row(consult, entry))
                .whenCompleteAsync((done, failure) -> saved(entry, failure == null), loop);
    }

    private void saved(Entry entry, boolean well) {
        saving = false;
        if (!well) {
            // The records' log has said so. What is not kept is not told: its writer goes on waiting.
            var unused = loop.schedule(this::save, RETRY_SECONDS, TimeUnit.SECONDS);
            return;
        }
        unsaved.poll();
        saved = entry.version();
        readers.forEach(this::tell);
        while (!later.isEmpty() && later.element().version <= saved) {
            later.remove().action.run();
        }
        save();
    }

    private void tell(LegId leg, Reader reader) {
        while (reader.told >= 0 && reader.told < saved) {
            ObjectNode json = Json.object().put("t", "tl");
            long told = fill(json, reader.told, entry -> leg.equals(writers.get(entry.id())));
            if (told == reader.told) {
                return;
            }
            reader.told = told;
            if (!json.path("e").isEmpty()) {
                outside.send(leg, json);
            }
        }
    }
}
