package org.raabta.bench.link;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One direction: a first-in-first-out queue that drops at its tail.
 *
 * @param queue         above it arrivals are dropped
 * @param baseDelay     what every packet takes, beyond its queueing and its own length
 * @param jitterSd      standard deviation of the normally distributed delay on top, never reordering
 * @param stalls        moments in which the radio stands still
 * @param wake          what the first packet after a silence waits
 * @param loss          packets that vanish
 * @param overheadBytes what each packet costs below IP
 */
public record LinkDirection(
        Rate rate,
        Limit queue,
        Duration baseDelay,
        Duration jitterSd,
        Optional<Stalls> stalls,
        Optional<Wake> wake,
        Optional<Loss> loss,
        int overheadBytes) {

    /** How much may stand in the queue. */
    public sealed interface Limit {
        /** As long as a packet may wait at the current rate (of a trace: its mean; in a gap: the rate around it). */
        record Time(Duration time) implements Limit {}

        record Bytes(int bytes) implements Limit {}
    }

    /** How fast the queue empties. */
    public sealed interface Rate {
        /** The rate, the first one of a schedule, or the middle of a walk; empty for a trace, whose rate is not one figure. */
        default OptionalDouble usualBitsPerSecond() {
            return OptionalDouble.empty();
        }

        /** Always the same. */
        record Constant(long bitsPerSecond) implements Rate {
            @Override
            public OptionalDouble usualBitsPerSecond() {
                return OptionalDouble.of((double) bitsPerSecond);
            }
        }

        /**
         * @param points the rate from each moment on, in order, the first at 0
         * @param repeat when the points begin anew; empty if the last one stays
         */
        record Schedule(List<Point> points, Optional<Duration> repeat) implements Rate {
            @Override
            public OptionalDouble usualBitsPerSecond() {
                return OptionalDouble.of((double) points.get(0).bitsPerSecond());
            }
        }

        /**
         * A random walk: every {@code every} the rate moves within {@code lowest} to {@code highest} times the middle.
         */
        record Walk(long middleBitsPerSecond, double lowest, double highest, Duration every) implements Rate {
            @Override
            public OptionalDouble usualBitsPerSecond() {
                return OptionalDouble.of((double) middleBitsPerSecond);
            }
        }

        /**
         * Opportunities to deliver, in mahimahi's format: one line each, in ms, the whole repeating at its end.
         *
         * @param file             as the link's file names it
         * @param opportunityBytes what one line may carry
         * @param opportunitiesMs  the lines: not going back, the last one above 0
         */
        record Trace(String file, int opportunityBytes, List<Long> opportunitiesMs) implements Rate {}

        record Point(Duration at, long bitsPerSecond) {}
    }

    /** A Poisson process in time: {@code every} is the mean distance of two stalls. */
    public record Stalls(Duration every, Length length) {
        public sealed interface Length {
            record Exponential(Duration mean) implements Length {}

            record Uniform(Duration shortest, Duration longest) implements Length {}
        }
    }

    /** After {@code idle} without a packet the next one waits {@code delay} (a radio that has to be woken). */
    public record Wake(Duration delay, Duration idle) {}

    /**
     * @param share of the time (for bursts) or of the packets (independent), 0 to 1
     * @param burst mean length of a loss burst in time (Gilbert-Elliott); zero: each packet is lost by its own chance
     */
    public record Loss(double share, Duration burst) {}
}
