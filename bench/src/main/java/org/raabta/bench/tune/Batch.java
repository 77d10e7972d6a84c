package org.raabta.bench.tune;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs many simulations on all cores, and says now and then how long the rest will take. */
final class Batch {
    private static final long SAY_EVERY_NANOS = 2_000_000_000L;

    private Batch() {}

    /** The results in the order of the tasks, whichever came first. */
    static <T> List<T> run(List<? extends Callable<T>> tasks, PrintStream err) throws InterruptedException {
        ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Future<T>> all = new ArrayList<>();
            tasks.forEach(task -> all.add(pool.submit(task)));
            long startNanos = System.nanoTime();
            long saidNanos = startNanos;
            List<T> results = new ArrayList<>();
            for (Future<T> each : all) {
                results.add(each.get());
                long nowNanos = System.nanoTime();
                if (nowNanos - saidNanos >= SAY_EVERY_NANOS) {
                    saidNanos = nowNanos;
                    double left = (nowNanos - startNanos) / 1e9 * (all.size() - results.size()) / results.size();
                    err.println(String.format(
                            Locale.ROOT, "%d of %d runs, about %.0f s left", results.size(), all.size(), left));
                }
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a simulated call failed", e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }
}
