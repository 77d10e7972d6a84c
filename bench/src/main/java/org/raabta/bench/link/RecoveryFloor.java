package org.raabta.bench.link;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a link's physics allow at best after its rate fell: a measured recovery is shown beside it. */
public final class RecoveryFloor {
    private RecoveryFloor() {}

    /**
     * What was sent at the old rate before anyone could know (a new round trip's worth), or what the queue holds, drained
     * at the new rate; of the worst step and direction. Empty if no step lowers a rate.
     */
    public static OptionalDouble ms(Link link) {
        double worst = 0;
        Link.Conditions before = link.start();
        for (Link.Step step : link.script().steps()) {
            Optional<Link.Conditions> becomes = step.becomes();
            if (becomes.isPresent()) {
                Link.Conditions now = becomes.get();
                worst = Math.max(worst, stepMs(before.up(), now.up(), now.baseRoundTrip()));
                worst = Math.max(worst, stepMs(before.down(), now.down(), now.baseRoundTrip()));
                before = now;
            }
        }
        return worst > 0 ? OptionalDouble.of(worst) : OptionalDouble.empty();
    }

    private static double stepMs(LinkDirection before, LinkDirection now, Duration roundTrip) {
        OptionalDouble old = before.rate().usualBitsPerSecond();
        OptionalDouble fresh = now.rate().usualBitsPerSecond();
        if (old.isEmpty() || fresh.isEmpty() || fresh.getAsDouble() >= old.getAsDouble()) {
            return 0;
        }
        return Math.min(
                queueMs(now, fresh.getAsDouble()), old.getAsDouble() * roundTrip.toMillis() / fresh.getAsDouble());
    }

    private static double queueMs(LinkDirection direction, double bitsPerSecond) {
        if (direction.queue() instanceof LinkDirection.Limit.Time limit) {
            return limit.time().toMillis();
        }
        return ((LinkDirection.Limit.Bytes) direction.queue()).bytes() * 8000 / bitsPerSecond;
    }
}
