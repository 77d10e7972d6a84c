package org.raabta.signaling.records;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records, off the event loops: each call is queued and answered by a future. One thread, so that writes keep
 * their order; a consultation costs a handful of statements.
 */
public final class Records implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Records.class);
    private final Database database;
    private final ExecutorService thread;

    public Records(Database database) {
        this.database = database;
        this.thread = Executors.newSingleThreadExecutor(task -> new Thread(task, "storage"));
    }

    public CompletableFuture<Void> create(ConsultRow row) {
        return run(() -> database.insert(row));
    }

    public CompletableFuture<Optional<ConsultRow>> find(long consult) {
        return supply(() -> database.find(consult));
    }

    /** The newest demo consultation that is neither over nor about to expire. */
    public CompletableFuture<Optional<ConsultRow>> liveDemo(Instant expiresAfter) {
        return supply(() -> database.liveDemo(expiresAfter));
    }

    public CompletableFuture<Void> admitted(long consult, Instant at) {
        return run(() -> database.admitted(consult, at));
    }

    public CompletableFuture<Void> ended(long consult, Instant at, String by) {
        return run(() -> database.ended(consult, at, by));
    }

    /** Queued; a failure is logged, for whoever ended the consultation can do nothing about it. */
    public void save(QualityRecord record) {
        CompletableFuture<Void> unused = run(() -> database.insert(record));
    }

    public CompletableFuture<Optional<QualityRecord>> report(long consult) {
        return supply(() -> database.report(consult));
    }

    /** Of consultations that ended from {@code from} (included) to {@code to} (excluded), oldest first. */
    public CompletableFuture<List<QualityRecord>> reports(Instant from, Instant to) {
        return supply(() -> database.reports(from, to));
    }

    /** Queued like {@link #save}. */
    public void audit(AuditEntry entry) {
        CompletableFuture<Void> unused = run(() -> database.audit(entry));
    }

    /** The audit trail of one consultation, oldest first. */
    public CompletableFuture<List<AuditEntry>> trail(long consult) {
        return supply(() -> database.trail(consult));
    }

    /** Whatever else is kept in the same database, in the same order. */
    <T extends @Nullable Object> CompletableFuture<T> sql(Function<Handle, T> work) {
        return supply(() -> database.sql(work));
    }

    /** Whether the database answers. */
    public CompletableFuture<Boolean> ready() {
        return supply(database::answers);
    }

    /** Finishes what is queued, for at most five seconds, and closes the database. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(5, TimeUnit.SECONDS)) {
                LOG.warn("storage did not finish in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        database.close();
    }

    private CompletableFuture<Void> run(Runnable work) {
        return CompletableFuture.runAsync(work, thread).whenComplete((done, failure) -> report(failure));
    }

    private <T extends @Nullable Object> CompletableFuture<T> supply(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, thread).whenComplete((done, failure) -> report(failure));
    }

    private static void report(@Nullable Throwable failure) {
        if (failure != null) {
            LOG.error("storage failed", failure);
        }
    }
}
