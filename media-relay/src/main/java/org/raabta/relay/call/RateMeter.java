package org.raabta.relay.call;

import java.util.Arrays;
import java.util.OptionalDouble;

/** Bytes over the last two seconds, in twenty buckets. */
final class RateMeter {
    private static final int BUCKETS = 20;
    private static final long BUCKET_NANOS = 100_000_000L;
    private static final long WINDOW_MS = BUCKETS * BUCKET_NANOS / 1_000_000L;

    private final long[] bytes = new long[BUCKETS];
    /** Of all buckets. */
    private long within;

    private boolean started;
    private long newest;
    private long total;

    void add(int count, long nowNanos) {
        advance(nowNanos);
        total += count;
        within += count;
        bytes[Math.floorMod(newest, BUCKETS)] += count;
    }

    /** Kilobits per second; empty if there never was anything to count. */
    OptionalDouble kbps(long nowNanos) {
        if (!started) {
            return OptionalDouble.empty();
        }
        advance(nowNanos);
        return OptionalDouble.of(8.0 * within / WINDOW_MS);
    }

    /** Since the beginning. */
    long totalBytes() {
        return total;
    }

    private void advance(long nowNanos) {
        long bucket = Math.floorDiv(nowNanos, BUCKET_NANOS);
        if (!started) {
            started = true;
            newest = bucket;
        }
        if (bucket - newest >= BUCKETS) {
            Arrays.fill(bytes, 0);
            within = 0;
            newest = bucket;
        }
        while (newest < bucket) {
            newest++;
            within -= bytes[Math.floorMod(newest, BUCKETS)];
            bytes[Math.floorMod(newest, BUCKETS)] = 0;
        }
    }
}
