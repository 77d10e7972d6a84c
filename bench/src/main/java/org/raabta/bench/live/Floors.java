package org.raabta.bench.live;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import org.raabta.bench.link.Link;
import org.raabta.bench.link.LinkDirection;

/** What a link's physics allow at best: figures are shown beside them. */
final class Floors {
    /** One voice packet of 20 ms with all its headers. */
    private static final int VOICE_BYTES = 120;

    /** TCP, TLS 1.3 and the request itself: one each before the first byte of a page. */
    private static final int PAGE_ROUND_TRIPS = 3;
    /** TCP, TLS 1.3 and the upgrade. */
    private static final int SOCKET_ROUND_TRIPS = 3;
    /** One short message with the headers of TLS, TCP and IP. */
    private static final int MESSAGE_BYTES = 120;

    private Floors() {}

    /**
     * From opening the link until the page is shown: the round trips, and the bytes at the rate of each direction. A page
     * that came out of the browser's own store had no way to go.
     */
    static OptionalDouble pageMs(Link link, long bytesDown, long bytesUp) {
        if (bytesDown == 0) {
            return OptionalDouble.of(0);
        }
        OptionalDouble down = bitsPerSecond(link.start().down().rate());
        OptionalDouble up = bitsPerSecond(link.start().up().rate());
        return down.isPresent() && up.isPresent()
                ? OptionalDouble.of(
                        PAGE_ROUND_TRIPS * link.start().baseRoundTrip().toMillis()
                                + bytesDown * 8000 / down.getAsDouble()
                                + bytesUp * 8000 / up.getAsDouble())
                : OptionalDouble.empty();
    }

    /**
     * From the tap on join until the server has heard of it: one message up, once the socket is open.
     *
     * @param afterPageMs how long before the tap the page was there: as long its socket had to open
     */
    static OptionalDouble waitingMs(Link link, double afterPageMs) {
        OptionalDouble message = oneWayMs(link.start().up(), MESSAGE_BYTES);
        double socketMs = SOCKET_ROUND_TRIPS * link.start().baseRoundTrip().toMillis();
        return message.isPresent()
                ? OptionalDouble.of(Math.max(0, socketMs - afterPageMs) + message.getAsDouble())
                : OptionalDouble.empty();
    }

    /** From the doctor's click until both have heard: the way of the longer direction and one packet on it. */
    static OptionalDouble admitToAudioMs(Link link) {
        OptionalDouble up = oneWayMs(link.start().up(), VOICE_BYTES);
        OptionalDouble down = oneWayMs(link.start().down(), VOICE_BYTES);
        return up.isPresent() && down.isPresent()
                ? OptionalDouble.of(Math.max(up.getAsDouble(), down.getAsDouble()))
                : OptionalDouble.empty();
    }

    /**
     * After the rate fell: what was sent at the old rate before anyone could know (a new round trip's worth), or what the
     * queue holds, drained at the new rate; the worst step and direction. Empty if no step lowers a rate.
     */
    static OptionalDouble recoveryMs(Link link) {
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
        OptionalDouble old = bitsPerSecond(before.rate());
        OptionalDouble fresh = bitsPerSecond(now.rate());
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

    private static OptionalDouble oneWayMs(LinkDirection direction, int bytes) {
        OptionalDouble rate = bitsPerSecond(direction.rate());
        return rate.isPresent()
                ? OptionalDouble.of(direction.baseDelay().toMillis() + bytes * 8000 / rate.getAsDouble())
                : OptionalDouble.empty();
    }

    /** Empty for a trace, whose rate is not one figure. */
    private static OptionalDouble bitsPerSecond(LinkDirection.Rate rate) {
        if (rate instanceof LinkDirection.Rate.Constant constant) {
            return OptionalDouble.of((double) constant.bitsPerSecond());
        } else if (rate instanceof LinkDirection.Rate.Schedule schedule) {
            return OptionalDouble.of((double) schedule.points().get(0).bitsPerSecond());
        } else if (rate instanceof LinkDirection.Rate.Walk walk) {
            return OptionalDouble.of((double) walk.middleBitsPerSecond());
        }
        return OptionalDouble.empty();
    }
}
