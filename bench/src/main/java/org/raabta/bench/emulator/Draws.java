package org.raabta.bench.emulator;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One stream of random draws. Streams of one seed differ by what they are for, so that one process never shifts another;
 * {@link StrictMath} keeps them the same on every machine.
 */
final class Draws {
    /** What a stream is for; the salts are part of what a seed means. */
    enum Use {
        OUTAGE(1),
        WALK(2),
        JITTER(3),
        STALL(4),
        BURST(5),
        LOSS(6);

        private final int salt;

        Use(int salt) {
            this.salt = salt;
        }
    }

    private static final long ODD = 0x9E3779B97F4A7C15L;

    private final SplittableRandom random;

    /** @param indexes tell streams of one use apart: direction, change of conditions, lap */
    Draws(long seed, Use use, long... indexes) {
        long key = mix(seed + ODD * use.salt);
        for (long index : indexes) {
            key = mix(key + ODD * (index + 1));
        }
        random = new SplittableRandom(key);
    }

    /** The finalizer of SplitMix64: every bit of the argument moves every bit of the result. */
    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** True in {@code share} of all cases. */
    boolean happens(double share) {
        return random.nextDouble() < share;
    }

    double between(double least, double most) {
        return least + (most - least) * random.nextDouble();
    }

    long exponentialNanos(double meanNanos) {
        return Math.round(-meanNanos * StrictMath.log(1 - random.nextDouble()));
    }

    /** Normally distributed with mean 0 and standard deviation 1 (Box and Muller). */
    double normal() {
        double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
        return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
    }

    Duration oneOf(List<Duration> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
