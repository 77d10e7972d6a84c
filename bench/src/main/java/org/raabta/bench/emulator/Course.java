package org.raabta.bench.emulator;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.raabta.bench.link.LinkDirection.Rate;

/** A rate as a function of the time since its conditions began. */
sealed interface Course {
    /** The stretch of one rate in which {@code sinceNanos} lies. */
    Slice at(long sinceNanos);

    static Course of(Rate rate, Draws draws) {
        if (rate instanceof Rate.Constant constant) {
            return new Constant(new Slice(Long.MAX_VALUE, constant.bitsPerSecond(), constant.bitsPerSecond()));
        }
        if (rate instanceof Rate.Schedule schedule) {
            return new Schedule(schedule.points(), schedule.repeat().map(Duration::toNanos));
        }
        if (rate instanceof Rate.Walk walk) {
            return new Walk(walk, draws);
        }
        if (rate instanceof Rate.Trace trace) {
            return new Trace(trace);
        }
        throw new IllegalStateException("unknown kind of rate");
    }

    /** Always the same. */
    record Constant(Slice always) implements Course {
        @Override
        public Slice at(long sinceNanos) {
            return always;
        }
    }

    /** Steps at given times. */
    record Schedule(List<Rate.Point> points, Optional<Long> repeatNanos) implements Course {
        @Override
        public Slice at(long sinceNanos) {
            long lapNanos =
                    repeatNanos.map(repeat -> sinceNanos / repeat * repeat).orElse(0L);
            long untilNanos = repeatNanos.map(repeat -> lapNanos + repeat).orElse(Long.MAX_VALUE);
            for (int i = points.size() - 1; i > 0; i--) {
                long atNanos = lapNanos + points.get(i).at().toNanos();
                if (sinceNanos >= atNanos) {
                    return slice(points.get(i), untilNanos);
                }
                untilNanos = Math.min(untilNanos, atNanos);
            }
            return slice(points.get(0), untilNanos);
        }

        private static Slice slice(Rate.Point point, long untilNanos) {
            return new Slice(untilNanos, point.bitsPerSecond(), point.bitsPerSecond());
        }
    }

    /**
     * A walk on the logarithm of the rate, reflected at both ends: in the long run every rate on the logarithmic scale
     * is equally likely.
     */
    final class Walk implements Course {
        /** Of the whole way between the ends, per step: the walk forgets where it was within about twenty steps. */
        private static final double STRIDE = 0.15;

        private final Rate.Walk walk;
        private final Draws draws;
        private final double least;
        private final double most;
        private long[] rates = new long[64];
        private int known;
        private double place;

        Walk(Rate.Walk walk, Draws draws) {
            this.walk = walk;
            this.draws = draws;
            least = StrictMath.log(walk.lowest());
            most = StrictMath.log(walk.highest());
        }

        @Override
        public Slice at(long sinceNanos) {
            long everyNanos = walk.every().toNanos();
            int index = (int) (sinceNanos / everyNanos);
            long rate = rate(index);
            return new Slice((index + 1) * everyNanos, rate, rate);
        }

        private long rate(int index) {
            if (index >= rates.length) {
                rates = Arrays.copyOf(rates, 2 * index);
            }
            for (; known <= index; known++) {
                rates[known] = Math.max(1, Math.round(walk.middleBitsPerSecond() * StrictMath.exp(place)));
                place = reflected(place + draws.normal() * STRIDE * (most - least));
            }
            return rates[index];
        }

        private double reflected(double value) {
            double inside = value > most ? 2 * most - value : value < least ? 2 * least - value : value;
            return Math.max(least, Math.min(most, inside));
        }
    }

    /**
     * Mahimahi's delivery opportunities. One of {@code n} ms fills the millisecond that ends there, so that a full
     * packet is out at {@code n} exactly and several lines of one time share it; what is not used is lost, as there.
     * The last line is the period, and line 0 is the same moment.
     */
    final class Trace implements Course {
        private static final long MS = 1_000_000;

        private final long[] timesMs;
        private final long[] linesAt;
        private final long periodMs;
        private final long bitsPerLineSecond;
        private final long nominal;

        Trace(Rate.Trace trace) {
            List<Long> lines = trace.opportunitiesMs();
            periodMs = lines.get(lines.size() - 1);
            long[] times = lines.stream()
                    .mapToLong(at -> at == 0 ? periodMs : at)
                    .sorted()
                    .toArray();
            timesMs = Arrays.stream(times).distinct().toArray();
            linesAt = new long[timesMs.length];
            for (long time : times) {
                linesAt[Arrays.binarySearch(timesMs, time)]++;
            }
            bitsPerLineSecond = trace.opportunityBytes() * 8L * 1000;
            nominal = Math.max(1, bitsPerLineSecond * lines.size() / periodMs);
        }

        @Override
        public Slice at(long sinceNanos) {
            long ms = sinceNanos / MS;
            long lapMs = ms / periodMs * periodMs;
            int found = Arrays.binarySearch(timesMs, ms - lapMs + 1);
            if (found >= 0) {
                return new Slice((ms + 1) * MS, linesAt[found] * bitsPerLineSecond, nominal);
            }
            // The period's end is an opportunity itself, so there always is a next one.
            long nextMs = lapMs + timesMs[-found - 1] - 1;
            return new Slice(nextMs * MS, 0, nominal);
        }
    }
}
