package org.raabta.bench.emulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.raabta.bench.link.Link;
import org.raabta.bench.link.LinkDirection.Wake;

/**
 * An emulated link, both directions: packets go in with timestamps, decisions come out. The same object serves virtual
 * time and real time; whoever owns it delivers at the decided moment. Same link, seed and packets: same decisions.
 */
public final class EmulatedLink {
    private final Link link;
    private final long startNanos;
    private final LinkLog log = new LinkLog();
    private final LinkPath down;
    private final LinkPath up;
    private long lastOfferNanos = Long.MIN_VALUE / 2;
    private long awakeAtNanos;
    private boolean scriptStarted;

    private EmulatedLink(Link link, long seed, long startNanos) {
        this.link = link;
        this.startNanos = startNanos;
        down = new LinkPath(link, Way.DOWN, seed, log);
        up = new LinkPath(link, Way.UP, seed, log);
    }

    /** @param startNanos when the link and its script begin, on the owner's clock */
    public static EmulatedLink running(Link link, long seed, long startNanos) {
        EmulatedLink made = new EmulatedLink(link, seed, startNanos);
        made.startScript(startNanos);
        return made;
    }

    /**
     * A link that stands in its state at second 0 of its script, with jitter, stalls and losses, until the script is
     * started.
     *
     * @param startNanos when the link begins, on the owner's clock
     */
    public static EmulatedLink waiting(Link link, long seed, long startNanos) {
        return new EmulatedLink(link, seed, startNanos);
    }

    /**
     * From this moment on the link decides as one with this seed that began then, but for what stands in its queues. A
     * moment that is over already is good as well: what was decided since stays so.
     *
     * @param scriptNanos second 0 of the script, on the owner's clock; not before the link began
     */
    public void startScript(long scriptNanos) {
        if (scriptStarted || scriptNanos - startNanos < 0) {
            throw new IllegalStateException("a script starts once, and not before its link");
        }
        scriptStarted = true;
        down.timeline().startScript(scriptNanos - startNanos);
        up.timeline().startScript(scriptNanos - startNanos);
    }

    /**
     * Decides about one packet.
     *
     * @param ipBytes  with the IP header
     * @param nowNanos never before an earlier call's
     * @return with times on the owner's clock
     */
    public Fate offer(Way way, Transport transport, int ipBytes, long nowNanos) {
        long atNanos = nowNanos - startNanos;
        if (atNanos < Math.max(0, lastOfferNanos)) {
            throw new IllegalArgumentException("time went back to " + atNanos + " ns");
        }
        wake(way, atNanos);
        Fate fate = path(way).offer(transport, ipBytes, atNanos, awakeAtNanos);
        if (fate.atNanos() == Long.MAX_VALUE) {
            return fate;
        }
        long onOwnersClock = startNanos + fate.atNanos();
        return fate instanceof Fate.Dropped dropped
                ? new Fate.Dropped(dropped.reason(), onOwnersClock)
                : new Fate.Delivered(onOwnersClock);
    }

    /** A sleeping radio is woken by either direction and holds both until it is awake. */
    private void wake(Way way, long atNanos) {
        Optional<Wake> wake = path(way).timeline().epochAt(atNanos).settings.wake();
        if (wake.isPresent() && atNanos - lastOfferNanos >= wake.get().idle().toNanos()) {
            awakeAtNanos = atNanos + wake.get().delay().toNanos();
        }
        lastOfferNanos = atNanos;
    }

    private LinkPath path(Way way) {
        return way == Way.DOWN ? down : up;
    }

    /** Second 0 of the log, on the owner's clock. */
    public long startNanos() {
        return startNanos;
    }

    public Link link() {
        return link;
    }

    /** Times in it are since the link began. */
    public LinkLog log() {
        return log;
    }

    /** One sample for every whole {@code step} of the first {@code length}. */
    public List<Sample> samples(Way way, Duration length, Duration step) {
        return samples(way, Duration.ZERO, length, step);
    }

    /** One sample for every whole {@code step} of the {@code length} that begins {@code from} after the link. */
    public List<Sample> samples(Way way, Duration from, Duration length, Duration step) {
        List<Sample> samples = new ArrayList<>();
        Walker walker = new Walker(log.events(way));
        walker.passOver(from.toNanos());
        long endNanos = from.plus(length).toNanos();
        for (long atNanos = from.toNanos(); atNanos + step.toNanos() <= endNanos; atNanos += step.toNanos()) {
            long untilNanos = atNanos + step.toNanos();
            samples.add(walker.sample(atNanos, untilNanos, path(way).carriableBits(atNanos, untilNanos)));
        }
        return samples;
    }

    /**
     * A stretch of time on one direction.
     *
     * @param linkKbps what the link could have carried
     * @param wireKbps what it carried, overhead and later losses included
     * @param queueMs  what a packet that came at the stretch's end would have waited for the queue
     * @param drops    packets that ended in it undelivered
     */
    public record Sample(long atMs, double linkKbps, double wireKbps, double queueMs, int drops) {}

    /** Goes through the events once, in step with the samples. */
    private static final class Walker {
        private final List<LinkEvent> events;
        private final List<LinkEvent> pending = new ArrayList<>();
        private int next;
        private long busyUntilNanos;

        Walker(List<LinkEvent> events) {
            this.events = events;
        }

        /** What left before {@code untilNanos} is in no sample; what stands in the queue then is. */
        void passOver(long untilNanos) {
            admit(untilNanos);
            pending.removeIf(event -> event.leftNanos() < untilNanos);
        }

        private void admit(long untilNanos) {
            for (; next < events.size() && events.get(next).atNanos() < untilNanos; next++) {
                pending.add(events.get(next));
                busyUntilNanos = Math.max(busyUntilNanos, events.get(next).leftNanos());
            }
        }

        Sample sample(long atNanos, long untilNanos, double carriableBits) {
            admit(untilNanos);
            long wireBytes = 0;
            int drops = 0;
            for (LinkEvent event : pending) {
                if (event.leftNanos() < untilNanos) {
                    boolean carried = !(event.fate() instanceof Fate.Dropped dropped) || dropped.reason() == Drop.LOSS;
                    wireBytes += carried ? event.wireBytes() : 0;
                    drops += event.fate() instanceof Fate.Dropped ? 1 : 0;
                }
            }
            pending.removeIf(event -> event.leftNanos() < untilNanos);
            double perMs = 1e6 / (untilNanos - atNanos);
            return new Sample(
                    atNanos / 1_000_000,
                    carriableBits * perMs,
                    wireBytes * 8 * perMs,
                    Math.max(0, busyUntilNanos - untilNanos) / 1e6,
                    drops);
        }
    }
}
