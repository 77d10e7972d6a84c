package org.raabta.signaling.records;

import java.time.Instant;
import java.util.Optional;

/**
 * An entry of a consultation's time line as it is kept.
 *
 * @param place     1, 2, 3 ...
 * @param version   of the time line when this was last changed
 * @param state     empty for what has none
 * @param itemId    of a message, request or file
 * @param changedAt when it was last changed
 * @param body      the rest as JSON; sealed where it is stored
 */
public record EntryRow(
        long consult,
        int place,
        long version,
        String kind,
        String state,
        Optional<String> itemId,
        String byRole,
        Instant at,
        Instant changedAt,
        String body) {}
