package org.raabta.signaling.records;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** The time line's table. */
final class EntrySql {
    private EntrySql() {}

    /** Makes or changes it. */
    static void save(Handle handle, EntryRow row, UnaryOperator<String> seal) {
        String sealed = seal.apply(row.body());
        int changed = handle.createUpdate("UPDATE entry SET version = :version, state = :state, changed_at = :changed,"
                        + " body = :body WHERE consult_id = :consult AND place = :place")
                .bind("version", row.version())
                .bind("state", row.state())
                .bind("changed", row.changedAt())
                .bind("body", sealed)
                .bind("consult", row.consult())
                .bind("place", row.place())
                .execute();
        if (changed == 0) {
            handle.createUpdate("INSERT INTO entry (consult_id, place, version, kind, state, item_id, by_role, at,"
                            + " changed_at, body) VALUES (:consult, :place, :version, :kind, :state, :item, :by, :at,"
                            + " :changed, :body)")
                    .bind("consult", row.consult())
                    .bind("place", row.place())
                    .bind("version", row.version())
                    .bind("kind", row.kind())
                    .bind("state", row.state())
                    .bind("item", row.itemId())
                    .bind("by", row.byRole())
                    .bind("at", row.at())
                    .bind("changed", row.changedAt())
                    .bind("body", sealed)
                    .execute();
        }
    }

    static List<EntryRow> of(Handle handle, long consult, UnaryOperator<String> open) {
        return handle.createQuery("SELECT consult_id, place, version, kind, state, item_id, by_role, at, changed_at,"
                        + " body FROM entry WHERE consult_id = :consult ORDER BY place")
                .bind("consult", consult)
                .map((rows, context) -> row(rows, open))
                .list();
    }

    /** Consultations with an upload that has not grown since {@code before}. */
    static List<Long> stale(Handle handle, String state, Instant before) {
        return handle.createQuery("SELECT DISTINCT consult_id FROM entry WHERE state = :state AND changed_at < :before")
                .bind("state", state)
                .bind("before", before)
                .mapTo(Long.class)
                .list();
    }

    /** Consultations with a time line that were over before {@code before}. */
    static List<Long> over(Handle handle, Instant before) {
        return handle.createQuery("SELECT id FROM consult WHERE COALESCE(ended_at, expires_at) < :before"
                        + " AND EXISTS (SELECT 1 FROM entry WHERE entry.consult_id = consult.id)")
                .bind("before", before)
                .mapTo(Long.class)
                .list();
    }

    static boolean any(Handle handle, long consult) {
        return handle.createQuery("SELECT COUNT(*) FROM entry WHERE consult_id = :consult")
                        .bind("consult", consult)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    static void delete(Handle handle, long consult) {
        handle.createUpdate("DELETE FROM entry WHERE consult_id = :consult")
                .bind("consult", consult)
                .execute();
    }

    private static EntryRow row(ResultSet rows, UnaryOperator<String> open) throws SQLException {
        return new EntryRow(
                rows.getLong("consult_id"),
                rows.getInt("place"),
                rows.getLong("version"),
                rows.getString("kind"),
                rows.getString("state"),
                Optional.ofNullable(rows.getString("item_id")),
                rows.getString("by_role"),
                rows.getTimestamp("at").toInstant(),
                rows.getTimestamp("changed_at").toInstant(),
                open.apply(rows.getString("body")));
    }
}
