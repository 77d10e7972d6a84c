package org.raabta.bench.netns;

import java.util.Arrays;

/** How much later than decided packets were written: the granularity of this machine's timers and scheduling. */
final class Lateness {
    private static final long BUCKET_NANOS = 5_000;

    private long[] buckets = new long[256];
    private long count;
    private long most;

    void add(long nanos) {
        // An hour's standstill would make the table a large one; what is over a second shows in the most.
        int bucket = (int) Math.min(nanos, 1_000_000_000L) / (int) BUCKET_NANOS;
        if (bucket >= buckets.length) {
            buckets = Arrays.copyOf(buckets, 2 * bucket);
        }
        buckets[bucket]++;
        count++;
        most = Math.max(most, nanos);
    }

    long count() {
        return count;
    }

    long mostNanos() {
        return most;
    }

    /** The upper end of the bucket in which the quantile lies; 0 if there was nothing. */
    long quantileNanos(double share) {
        if (count == 0) {
            return 0;
        }
        long rank = (long) Math.ceil(share * count);
        long seen = 0;
        int bucket = 0;
        while (seen + buckets[bucket] < rank) {
            seen += buckets[bucket];
            bucket++;
        }
        return Math.min(most, (bucket + 1) * BUCKET_NANOS);
    }
}
