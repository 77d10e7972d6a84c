package org.raabta.bench.emulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.raabta.bench.link.Link;
import org.raabta.bench.link.LinkDirection;
import org.raabta.bench.link.LinkDirection.Limit;
import org.raabta.bench.link.LinkDirection.Rate;

/** A link in virtual time with senders on it, and the links that tests make up. */
final class VirtualLink {
    static final long MS = 1_000_000;
    static final long S = 1_000_000_000;

    final Simulation time = new Simulation();
    final EmulatedLink link;
    /** In the order in which they came out. */
    final List<Arrival> arrivals = new ArrayList<>();

    record Arrival(Way way, int number, int ipBytes, long sentNanos, long atNanos) {
        long delayNanos() {
            return atNanos - sentNanos;
        }
    }

    VirtualLink(Link settings, long seed) {
        link = EmulatedLink.running(settings, seed, 0);
    }

    /** Sends packets of one size at one rate from now until {@code untilNanos}. */
    void sendSteadily(Way way, int ipBytes, long everyNanos, long untilNanos) {
        send(way, ipBytes, everyNanos, untilNanos, 0);
    }

    private void send(Way way, int ipBytes, long everyNanos, long untilNanos, int number) {
        offer(way, number, ipBytes);
        if (time.nowNanos() + everyNanos < untilNanos) {
            time.after(everyNanos, () -> send(way, ipBytes, everyNanos, untilNanos, number + 1));
        }
    }

    Fate offer(Way way, int number, int ipBytes) {
        long sentNanos = time.nowNanos();
        Fate fate = link.offer(way, Transport.UDP, ipBytes, sentNanos);
        if (fate instanceof Fate.Delivered delivered) {
            time.at(
                    delivered.atNanos(),
                    () -> arrivals.add(new Arrival(way, number, ipBytes, sentNanos, time.nowNanos())));
        }
        return fate;
    }

    List<Arrival> arrivals(Way way) {
        return arrivals.stream().filter(arrival -> arrival.way() == way).toList();
    }

    /** 100 kbps both ways, 1 s of queue, 50 ms of delay and nothing else, changed by {@code change} in both directions. */
    static Link plain(UnaryOperator<LinkDirection> change) {
        LinkDirection direction = change.apply(new LinkDirection(
                new Rate.Constant(100_000),
                new Limit.Time(Duration.ofSeconds(1)),
                Duration.ofMillis(50),
                Duration.ZERO,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0));
        return link(new Link.Conditions(direction, direction, Optional.empty()));
    }

    static Link link(Link.Conditions conditions, Link.Step... steps) {
        return new Link("made-up", "for a test", conditions, false, new Link.Script(List.of(steps), Optional.empty()));
    }

    static LinkDirection with(LinkDirection it, Rate rate, Limit queue) {
        return new LinkDirection(
                rate, queue, it.baseDelay(), it.jitterSd(), it.stalls(), it.wake(), it.loss(), it.overheadBytes());
    }

    static LinkDirection withRate(LinkDirection it, Rate rate) {
        return with(it, rate, it.queue());
    }

    static LinkDirection withStalls(LinkDirection it, LinkDirection.Stalls stalls) {
        return new LinkDirection(
                it.rate(),
                it.queue(),
                it.baseDelay(),
                it.jitterSd(),
                Optional.of(stalls),
                it.wake(),
                it.loss(),
                it.overheadBytes());
    }

    static LinkDirection withLoss(LinkDirection it, LinkDirection.Loss loss) {
        return new LinkDirection(
                it.rate(),
                it.queue(),
                it.baseDelay(),
                it.jitterSd(),
                it.stalls(),
                it.wake(),
                Optional.of(loss),
                it.overheadBytes());
    }

    static LinkDirection withOverhead(LinkDirection it, int bytes) {
        return new LinkDirection(
                it.rate(), it.queue(), it.baseDelay(), it.jitterSd(), it.stalls(), it.wake(), it.loss(), bytes);
    }
}
