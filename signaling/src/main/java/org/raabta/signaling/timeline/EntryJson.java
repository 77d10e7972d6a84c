package org.raabta.signaling.timeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.records.EntryRow;

/** Entries as pages hear of them (docs/protocol.md, "Messages, requests, the time line") and as they are kept. */
public final class EntryJson {
    /** What is only known of a file when it is whole, or was not taken. */
    private static final List<String> LATER = List.of("why", "sent");

    private EntryJson() {}

    /**
     * @param known whether the reader has heard of it before: then only what changes is said
     * @param own   whether the reader wrote it, and has its text
     */
    public static ObjectNode told(Entry entry, boolean known, boolean own) {
        ObjectNode json = Json.object().put("i", entry.place()).put("v", entry.version());
        if (!known) {
            json.put("k", entry.kind().label())
                    .put("by", entry.by())
                    .put("at", entry.at().getEpochSecond());
        }
        if (entry.status() != Status.NONE) {
            json.put("s", entry.status().label());
        }
        if (!entry.id().isEmpty() && !known) {
            json.put("id", entry.id());
        }
        if (!known) {
            json.setAll(entry.body());
        } else if (entry.kind().file()) {
            LATER.forEach(field -> {
                if (entry.body().has(field)) {
                    json.set(field, entry.body().get(field));
                }
            });
        }
        if (known && entry.body().has("sent")) {
            json.put("sha", entry.text("sha")).put("bytes", entry.bytes());
        }
        if (own) {
            json.remove("text");
        }
        return json;
    }

    public static EntryRow row(long consult, Entry entry) {
        return new EntryRow(
                consult,
                entry.place(),
                entry.version(),
                entry.kind().label(),
                entry.status().label(),
                entry.id().isEmpty() ? Optional.empty() : Optional.of(entry.id()),
                entry.by(),
                entry.at(),
                entry.changedAt(),
                Json.text(entry.body()));
    }

    /** @throws IllegalStateException if it was not written by us */
    public static Entry entry(EntryRow row) {
        try {
            JsonNode body = Json.mapper().readTree(row.body());
            if (body instanceof ObjectNode object) {
                return new Entry(
                        row.place(),
                        // Who reconnects to a new life of the server hears the whole entry where it changed.
                        row.version(),
                        row.version(),
                        Kind.ofLabel(row.kind()),
                        Status.ofLabel(row.state()),
                        row.itemId().orElse(""),
                        row.byRole(),
                        row.at(),
                        row.changedAt(),
                        object);
            }
            throw new IllegalStateException("an entry's body is not an object");
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new IllegalStateException("an entry that nobody can read", e);
        }
    }
}
