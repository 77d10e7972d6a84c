package org.raabta.signaling.consult;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.raabta.signaling.exchange.Shelf;
import org.raabta.signaling.timeline.Status;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes what has been kept long enough, what never became whole, and files that nobody knows of. */
public final class Retention implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

    private final Shelf shelf;
    private final Rooms rooms;
    private final Duration keep;
    private final InstantSource clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "retention"));

    /** @param keep after the end of a consultation */
    public Retention(Shelf shelf, Rooms rooms, Duration keep, InstantSource clock) {
        this.shelf = shelf;
        this.rooms = rooms;
        this.keep = keep;
        this.clock = clock;
    }

    /** At once, and every hour. */
    public void start() {
        var unused = thread.scheduleWithFixedDelay(this::sweepAndWait, 0, 1, TimeUnit.HOURS);
    }

    private void sweepAndWait() {
        try {
            sweep().toCompletableFuture().get(10, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | java.util.concurrent.TimeoutException e) {
            LOG.error("what is too old could not be deleted; the next sweep tries again", e);
        }
    }

    /** One round; completes when it is done. */
    CompletionStage<Void> sweep() {
        return shelf.entries()
                .over(clock.instant().minus(keep))
                .thenCompose(old -> each(old, this::delete))
                .thenCompose(done -> shelf.entries()
                        .stale(
                                Status.COMING.label(),
                                clock.instant().minus(shelf.limits().keepPartial())))
                .thenCompose(stale -> each(stale, this::expire))
                .thenCompose(done -> shelf.files().consults())
                .thenCompose(this::sweepOrphans);
    }

    private CompletionStage<Void> delete(long consult) {
        return shelf.files()
                .deleteAll(consult)
                .thenCompose(done -> shelf.entries().delete(consult));
    }

    private CompletionStage<Void> expire(long consult) {
        return rooms.with(consult, room -> {
                    room.exchange().expirePartials();
                    return true;
                })
                .thenApply(done -> null);
    }

    private CompletionStage<Void> sweepOrphans(Set<Long> withFiles) {
        return each(
                List.copyOf(withFiles),
                consult -> shelf.entries()
                        .any(consult)
                        .thenCompose(known -> known
                                ? CompletableFuture.completedFuture(null)
                                : shelf.files().deleteAll(consult)));
    }

    private static CompletionStage<Void> each(
            List<Long> consults, java.util.function.LongFunction<CompletionStage<Void>> action) {
        CompletionStage<Void> all = CompletableFuture.completedFuture(null);
        for (long consult : consults) {
            all = all.thenCompose(done -> action.apply(consult));
        }
        return all;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
