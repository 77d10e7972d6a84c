package org.raabta.bench.tune;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.raabta.bench.link.Link;
import org.raabta.bench.link.LinkDirection;

/** Links as nobody would write them: rates from 8 kbps to 4 Mbps, hard steps, outages, stalls, losses, deep and flat queues. */
final class RandomLinks {
    private static final double LEAST_BPS = 8_000;
    private static final double MOST_FACTOR = 500;

    private RandomLinks() {}

    static Link draw(SplittableRandom random, int seconds) {
        List<Link.Step> steps = new ArrayList<>();
        int count = random.nextInt(4);
        long atMs = 0;
        for (int i = 0; i < count; i++) {
            atMs += 1000 + random.nextLong(Math.max(1, seconds * 1000L / (count + 1)));
            boolean outage = random.nextInt(4) == 0;
            steps.add(new Link.Step(
                    Duration.ofMillis(atMs),
                    outage ? List.of(Duration.ofMillis(random.nextLong(500, 12_000))) : List.of(),
                    outage ? Optional.empty() : Optional.of(conditions(random)),
                    Optional.empty()));
        }
        return new Link("random", "random", conditions(random), false, new Link.Script(steps, Optional.empty()));
    }

    private static Link.Conditions conditions(SplittableRandom random) {
        return new Link.Conditions(direction(random), direction(random), Optional.empty());
    }

    private static LinkDirection direction(SplittableRandom random) {
        long rate = Math.round(LEAST_BPS * StrictMath.pow(MOST_FACTOR, random.nextDouble()));
        Optional<LinkDirection.Stalls> stalls = random.nextInt(3) == 0
                ? Optional.of(new LinkDirection.Stalls(
                        Duration.ofSeconds(random.nextInt(4, 30)),
                        new LinkDirection.Stalls.Length.Exponential(Duration.ofMillis(random.nextInt(100, 600)))))
                : Optional.empty();
        Optional<LinkDirection.Loss> loss = random.nextInt(3) == 0
                ? Optional.of(new LinkDirection.Loss(
                        random.nextDouble() * 0.25, Duration.ofMillis(random.nextBoolean() ? 0 : 100)))
                : Optional.empty();
        return new LinkDirection(
                new LinkDirection.Rate.Constant(rate),
                new LinkDirection.Limit.Time(Duration.ofMillis(random.nextInt(200, 6000))),
                Duration.ofMillis(random.nextInt(1, 700)),
                Duration.ofMillis(random.nextInt(0, 40)),
                stalls,
                Optional.empty(),
                loss,
                0);
    }
}
