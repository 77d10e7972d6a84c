package org.raabta.signaling.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * One entry as it is now.
 *
 * @param place   1, 2, 3 ...
 * @param made    version of the time line when it was made
 * @param version when it was last changed
 * @param id      of a message, request or file; empty for events
 * @param by      a role's label, or {@code server}
 * @param body    what its kind says of it, as told to pages; never changed after this was made
 */
public record Entry(
        int place,
        long made,
        long version,
        Kind kind,
        Status status,
        String id,
        String by,
        Instant at,
        Instant changedAt,
        ObjectNode body) {

    Entry with(long newVersion, Status newStatus, ObjectNode newBody, Instant now) {
        return new Entry(place, made, newVersion, kind, newStatus, id, by, at, now, newBody);
    }

    public String text(String field) {
        return body.path(field).asText("");
    }

    /** Size of a file. */
    public int bytes() {
        return body.path("bytes").asInt(0);
    }
}
