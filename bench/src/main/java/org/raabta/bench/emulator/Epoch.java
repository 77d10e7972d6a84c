package org.raabta.bench.emulator;

import java.time.Duration;
import java.util.Optional;
import org.raabta.bench.link.Link;
import org.raabta.bench.link.LinkDirection;
import org.raabta.bench.link.LinkDirection.Stalls.Length;

/** One set of conditions of one direction while it lasts, with the random processes that belong to it. */
final class Epoch {
    final long fromNanos;
    final LinkDirection settings;
    private final Course course;
    private final Episodes stalls;
    private final Episodes bursts;
    private final Wander jitter;
    private final Draws losses;
    private final long gapNanos;
    private final long gapEveryNanos;

    /** How a link is before its script starts: as at second 0 of it, so rates that step and gaps stand still. */
    static Epoch waiting(Link.Conditions conditions, Way way, long seed) {
        return new Epoch(conditions, way, 0, -1, true, seed);
    }

    /** @param index how many sets of conditions the script had before */
    static Epoch scripted(Link.Conditions conditions, Way way, long fromNanos, int index, long seed) {
        return new Epoch(conditions, way, fromNanos, index, false, seed);
    }

    private Epoch(Link.Conditions conditions, Way way, long fromNanos, int index, boolean waiting, long seed) {
        this.fromNanos = fromNanos;
        Optional<Link.Gaps> gaps = waiting ? Optional.empty() : conditions.gaps();
        int direction = way == Way.DOWN ? 0 : 1;
        settings = way == Way.DOWN ? conditions.down() : conditions.up();
        LinkDirection.Rate rate = waiting ? atItsStart(settings.rate()) : settings.rate();
        course = Course.of(rate, new Draws(seed, Draws.Use.WALK, direction, index));
        stalls = settings.stalls()
                .map(s -> stalls(s, fromNanos, new Draws(seed, Draws.Use.STALL, direction, index)))
                .orElseGet(Episodes::none);
        bursts = settings.loss()
                .filter(loss -> !loss.burst().isZero() && loss.share() > 0)
                .map(loss -> bursts(loss, fromNanos, new Draws(seed, Draws.Use.BURST, direction, index)))
                .orElseGet(Episodes::none);
        jitter = new Wander(settings.jitterSd().toNanos(), new Draws(seed, Draws.Use.JITTER, direction, index));
        losses = new Draws(seed, Draws.Use.LOSS, direction, index);
        gapNanos = gaps.map(Link.Gaps::length).map(Duration::toNanos).orElse(0L);
        gapEveryNanos = gaps.map(Link.Gaps::every).map(Duration::toNanos).orElse(Long.MAX_VALUE);
    }

    /** Only a schedule is about certain times; walks and recorded traces go on as they do. */
    private static LinkDirection.Rate atItsStart(LinkDirection.Rate rate) {
        return rate instanceof LinkDirection.Rate.Schedule schedule
                ? new LinkDirection.Rate.Constant(schedule.points().get(0).bitsPerSecond())
                : rate;
    }

    private static Episodes stalls(LinkDirection.Stalls stalls, long fromNanos, Draws draws) {
        double everyNanos = stalls.every().toNanos();
        if (stalls.length() instanceof Length.Uniform uniform) {
            double shortest = uniform.shortest().toNanos();
            double longest = uniform.longest().toNanos();
            return new Episodes(
                    fromNanos,
                    start -> draws.exponentialNanos(everyNanos),
                    start -> Math.round(draws.between(shortest, longest)));
        }
        double mean = ((Length.Exponential) stalls.length()).mean().toNanos();
        return new Episodes(
                fromNanos, start -> draws.exponentialNanos(everyNanos), start -> draws.exponentialNanos(mean));
    }

    /** Gilbert's chain in time: the good times are as long as makes the bad ones their share of the whole. */
    private static Episodes bursts(LinkDirection.Loss loss, long fromNanos, Draws draws) {
        double badNanos = loss.burst().toNanos();
        double goodNanos = badNanos * (1 - loss.share()) / loss.share();
        return new Episodes(
                fromNanos, start -> draws.exponentialNanos(goodNanos), start -> draws.exponentialNanos(badNanos));
    }

    /** The rate around {@code atNanos}, gaps counted. */
    Slice sliceAt(long atNanos) {
        long sinceNanos = atNanos - fromNanos;
        Slice slice = course.at(sinceNanos);
        if (gapNanos > 0) {
            long roundNanos = sinceNanos / gapEveryNanos * gapEveryNanos;
            // The first gap comes after a full round: conditions never begin with one.
            boolean gap = roundNanos > 0 && sinceNanos < roundNanos + gapNanos;
            slice = gap
                    ? slice.noLaterThan(roundNanos + gapNanos).standingStill()
                    : slice.noLaterThan(roundNanos + gapEveryNanos);
        }
        return slice.untilNanos() == Long.MAX_VALUE
                ? slice
                : new Slice(fromNanos + slice.untilNanos(), slice.bitsPerSecond(), slice.nominalBitsPerSecond());
    }

    /** Whether what is on the air at {@code atNanos} is lost; for independent losses, the next packet's draw. */
    boolean loses(long atNanos) {
        return settings.loss()
                .filter(loss -> loss.burst().isZero() ? losses.happens(loss.share()) : bursts.covers(atNanos))
                .isPresent();
    }

    /**
     * When a packet that left the queue at {@code leftNanos} would come out, were it alone. A stall holds it: the radio
     * repeats a block and, being in order, releases nothing behind it, but what follows goes on being carried.
     */
    long outNanos(long leftNanos) {
        long releasedNanos = stalls.endOf(leftNanos);
        long delayNanos = settings.baseDelay().toNanos() + jitter.at(releasedNanos - fromNanos);
        return releasedNanos + Math.max(0, delayNanos);
    }
}
