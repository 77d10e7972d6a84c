package org.raabta.signaling.http;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Counts wrong tokens and keys by address: a bucket that fills evenly over a minute. From any thread. */
public final class GuessLimit {
    /** The addresses remembered; the longest unused is forgotten. */
    private static final int MAX_ADDRESSES = 10_000;

    private static final double NANOS_PER_MINUTE = 60e9;

    private final int perMinute;
    private final LongSupplier nanoTime;
    private final Map<AddressKey, Bucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<AddressKey, Bucket> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    public GuessLimit(int perMinute, LongSupplier nanoTime) {
        this.perMinute = perMinute;
        this.nanoTime = nanoTime;
    }

    /** Notes a wrong credential; false if that was one too many. */
    public synchronized boolean wrong(InetAddress from) {
        Bucket bucket = bucket(from);
        if (bucket.left < 1) {
            return false;
        }
        bucket.left--;
        return true;
    }

    /** Whether the next wrong one would be too many. */
    public synchronized boolean exhausted(InetAddress from) {
        return bucket(from).left < 1;
    }

    private Bucket bucket(InetAddress from) {
        long now = nanoTime.getAsLong();
        Bucket bucket = buckets.computeIfAbsent(AddressKey.of(from), key -> new Bucket(perMinute, now));
        bucket.left = Math.min(perMinute, bucket.left + perMinute * ((now - bucket.atNanos) / NANOS_PER_MINUTE));
        bucket.atNanos = now;
        return bucket;
    }

    private static final class Bucket {
        double left;
        long atNanos;

        Bucket(double left, long atNanos) {
            this.left = left;
            this.atNanos = atNanos;
        }
    }
}
