package org.raabta.signaling.records;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.raabta.signaling.store.Vault;

/** Time lines in the database, their contents sealed. In one order with all other records. */
public final class TimelineRecords {
    private final Records records;
    private final Vault vault;

    public TimelineRecords(Records records, Vault vault) {
        this.records = records;
        this.vault = vault;
    }

    /** Completes when it is on record. */
    public CompletableFuture<Void> save(EntryRow row) {
        return records.sql(handle -> {
            EntrySql.save(handle, row, body -> vault.sealText(purpose(row.consult()), body));
            return null;
        });
    }

    public CompletableFuture<List<EntryRow>> of(long consult) {
        return records.sql(handle -> EntrySql.of(handle, consult, body -> vault.openText(purpose(consult), body)));
    }

    /** Consultations with an entry in {@code state} that was last changed before {@code before}. */
    public CompletableFuture<List<Long>> stale(String state, Instant before) {
        return records.sql(handle -> EntrySql.stale(handle, state, before));
    }

    /** Consultations with a time line that were over before {@code before}. */
    public CompletableFuture<List<Long>> over(Instant before) {
        return records.sql(handle -> EntrySql.over(handle, before));
    }

    public CompletableFuture<Boolean> any(long consult) {
        return records.sql(handle -> EntrySql.any(handle, consult));
    }

    public CompletableFuture<Void> delete(long consult) {
        return records.sql(handle -> {
            EntrySql.delete(handle, consult);
            return null;
        });
    }

    private static String purpose(long consult) {
        return "entry " + consult;
    }
}
