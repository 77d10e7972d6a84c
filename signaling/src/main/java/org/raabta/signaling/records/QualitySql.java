package org.raabta.signaling.records;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** The quality record's four tables. */
final class QualitySql {
    private static final String COLUMNS = "SELECT consult_id, created_at, admitted_at, ended_at, ended_by,"
            + " waiting_seconds, call_seconds, reconnecting_seconds, partial FROM quality ";

    private QualitySql() {}

    static void insert(Handle handle, QualityRecord record) {
        handle.createUpdate("INSERT INTO quality (consult_id, created_at, admitted_at, ended_at, ended_by,"
                        + " waiting_seconds, call_seconds, reconnecting_seconds, partial)"
                        + " VALUES (:id, :created, :admitted, :ended, :by, :waiting, :call, :reconnecting, :partial)")
                .bind("id", record.consult())
                .bind("created", record.createdAt())
                .bind("admitted", record.admittedAt().map(Timestamp::from).orElse(null))
                .bind("ended", record.endedAt())
                .bind("by", record.endedBy())
                .bind("waiting", record.waitingSeconds())
                .bind("call", record.callSeconds())
                .bind("reconnecting", record.reconnectingSeconds())
                .bind("partial", record.partial())
                .execute();
        record.legs().forEach(leg -> insert(handle, record.consult(), leg));
        record.rungSeconds()
                .forEach((direction, rungs) -> rungs.forEach(
                        (rung, seconds) -> handle.createUpdate("INSERT INTO quality_rung (consult_id, direction, rung,"
                                        + " seconds) VALUES (:id, :direction, :rung, :seconds)")
                                .bind("id", record.consult())
                                .bind("direction", direction)
                                .bind("rung", rung)
                                .bind("seconds", seconds)
                                .execute()));
    }

    private static void insert(Handle handle, long consult, QualityRecord.Leg leg) {
        handle.createUpdate("INSERT INTO quality_leg (consult_id, leg_id, role, kind, first_seen_at, connects,"
                        + " connected_seconds) VALUES (:id, :leg, :role, :kind, :first, :connects, :connected)")
                .bind("id", consult)
                .bind("leg", leg.id())
                .bind("role", leg.role())
                .bind("kind", leg.kind())
                .bind("first", leg.firstSeenAt())
                .bind("connects", leg.connects())
                .bind("connected", leg.connectedSeconds())
                .execute();
        leg.figures()
                .forEach((name, figure) -> handle.createUpdate(
                                "INSERT INTO quality_figure (consult_id, leg_id, name, least, mean, most)"
                                        + " VALUES (:id, :leg, :name, :least, :mean, :most)")
                        .bind("id", consult)
                        .bind("leg", leg.id())
                        .bind("name", name)
                        .bind("least", figure.least())
                        .bind("mean", figure.mean())
                        .bind("most", figure.most())
                        .execute());
    }

    static Optional<QualityRecord> find(Handle handle, long consult) {
        return handle.createQuery(COLUMNS + "WHERE consult_id = :id")
                .bind("id", consult)
                .map((rows, context) -> Row.of(rows))
                .findFirst()
                .map(row -> row.with(legs(handle, row.consult()), rungs(handle, row.consult())));
    }

    static List<QualityRecord> between(Handle handle, Instant from, Instant to) {
        return handle
                .createQuery(COLUMNS + "WHERE ended_at >= :from AND ended_at < :to ORDER BY ended_at, consult_id")
                .bind("from", from)
                .bind("to", to)
                .map((rows, context) -> Row.of(rows))
                .list()
                .stream()
                .map(row -> row.with(legs(handle, row.consult()), rungs(handle, row.consult())))
                .toList();
    }

    private static List<QualityRecord.Leg> legs(Handle handle, long consult) {
        return handle.createQuery("SELECT leg_id, role, kind, first_seen_at, connects, connected_seconds"
                        + " FROM quality_leg WHERE consult_id = :id ORDER BY first_seen_at, leg_id")
                .bind("id", consult)
                .map((rows, context) -> new QualityRecord.Leg(
                        rows.getString("leg_id"),
                        rows.getString("role"),
                        rows.getString("kind"),
                        rows.getTimestamp("first_seen_at").toInstant(),
                        rows.getInt("connects"),
                        rows.getDouble("connected_seconds"),
                        figures(handle, consult, rows.getString("leg_id"))))
                .list();
    }

    private static Map<String, QualityRecord.Figure> figures(Handle handle, long consult, String leg) {
        Map<String, QualityRecord.Figure> figures = new TreeMap<>();
        handle.createQuery(
                        "SELECT name, least, mean, most FROM quality_figure WHERE consult_id = :id AND leg_id = :leg")
                .bind("id", consult)
                .bind("leg", leg)
                .map((rows, context) -> Map.entry(
                        rows.getString("name"),
                        new QualityRecord.Figure(
                                rows.getDouble("least"), rows.getDouble("mean"), rows.getDouble("most"))))
                .forEach(entry -> figures.put(entry.getKey(), entry.getValue()));
        return figures;
    }

    private static Map<String, Map<String, Double>> rungs(Handle handle, long consult) {
        Map<String, Map<String, Double>> rungs = new TreeMap<>();
        handle.createQuery("SELECT direction, rung, seconds FROM quality_rung WHERE consult_id = :id")
                .bind("id", consult)
                .map((rows, context) ->
                        new RungRow(rows.getString("direction"), rows.getString("rung"), rows.getDouble("seconds")))
                .forEach(row -> rungs.computeIfAbsent(row.direction(), key -> new TreeMap<>())
                        .put(row.rung(), row.seconds()));
        return rungs;
    }

    private record RungRow(String direction, String rung, double seconds) {}

    /** The record without what other tables hold. */
    private record Row(long consult, QualityRecord bare) {
        static Row of(java.sql.ResultSet rows) throws java.sql.SQLException {
            long consult = rows.getLong("consult_id");
            return new Row(
                    consult,
                    new QualityRecord(
                            consult,
                            rows.getTimestamp("created_at").toInstant(),
                            Database.instant(rows, "admitted_at"),
                            rows.getTimestamp("ended_at").toInstant(),
                            rows.getString("ended_by"),
                            rows.getDouble("waiting_seconds"),
                            rows.getDouble("call_seconds"),
                            rows.getDouble("reconnecting_seconds"),
                            rows.getBoolean("partial"),
                            List.of(),
                            Map.of()));
        }

        QualityRecord with(List<QualityRecord.Leg> legs, Map<String, Map<String, Double>> rungSeconds) {
            return new QualityRecord(
                    consult,
                    bare.createdAt(),
                    bare.admittedAt(),
                    bare.endedAt(),
                    bare.endedBy(),
                    bare.waitingSeconds(),
                    bare.callSeconds(),
                    bare.reconnectingSeconds(),
                    bare.partial(),
                    legs,
                    rungSeconds);
        }
    }
}
