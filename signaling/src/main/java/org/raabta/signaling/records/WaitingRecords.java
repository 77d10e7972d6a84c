package org.raabta.signaling.records;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** The waiting line in the database, for the time after a restart. */
public final class WaitingRecords {
    private final Records records;

    public WaitingRecords(Records records) {
        this.records = records;
    }

    /**
     * One place in the line.
     *
     * @param since     when the person first was ready
     * @param awaySince empty if the person was here
     */
    public record Kept(ConsultRow consult, Instant since, Optional<Instant> awaySince) {}

    /** Queued; a failure is logged: the line itself goes on. */
    public void put(long consult, Instant since, Optional<Instant> awaySince) {
        later(handle -> {
            delete(handle, consult);
            handle.createUpdate("INSERT INTO waiting (consult_id, since, away_since) VALUES (:consult, :since, :away)")
                    .bind("consult", consult)
                    .bind("since", Timestamp.from(since))
                    .bind("away", awaySince.map(Timestamp::from).orElse(null))
                    .execute();
        });
    }

    /** Queued like {@link #put}. */
    public void drop(long consult) {
        later(handle -> delete(handle, consult));
    }

    /** Of consultations whose doctor has not let the patient in, and that can still be held at {@code now}. */
    public CompletableFuture<List<Kept>> all(Instant now) {
        return records.sql(handle -> handle
                .createQuery("SELECT consult_id, since, away_since FROM waiting ORDER BY since")
                .map((rows, context) -> kept(handle, rows))
                .list()
                .stream()
                .flatMap(Optional::stream)
                .filter(kept -> kept.consult().admittedAt().isEmpty()
                        && kept.consult().endedAt().isEmpty()
                        && kept.consult().expiresAt().isAfter(now))
                .toList());
    }

    private static Optional<Kept> kept(Handle handle, ResultSet rows) throws SQLException {
        Instant since = rows.getTimestamp("since").toInstant();
        Optional<Instant> awaySince = Database.instant(rows, "away_since");
        return Database.find(handle, rows.getLong("consult_id")).map(row -> new Kept(row, since, awaySince));
    }

    private void later(Consumer<Handle> work) {
        CompletableFuture<Void> unused = records.sql(handle -> {
            work.accept(handle);
            return null;
        });
    }

    private static void delete(Handle handle, long consult) {
        handle.createUpdate("DELETE FROM waiting WHERE consult_id = :consult")
                .bind("consult", consult)
                .execute();
    }
}
