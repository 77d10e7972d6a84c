package org.raabta.bench.emulator;

import java.util.ArrayDeque;
import java.util.Deque;
import org.raabta.bench.link.Link;
import org.raabta.bench.link.LinkDirection.Limit;

/**
 * One direction of a link.
 *
 * <pre>
 *   offer -> [ queue, drop-tail ] -> air (rate, gaps) -> loss -> stall -> delay and jitter -> in order -> out
 * </pre>
 *
 * Everything but the packets themselves is a function of time, so the whole way of a packet is decided when it comes.
 * Each begins to be carried when the one before it ended, however late the caller was to deliver that one: a coarse
 * timer never adds up.
 */
final class LinkPath {
    private static final long NANOS = 1_000_000_000L;

    private final Way way;
    private final boolean udpBlocked;
    private final Timeline timeline;
    private final LinkLog log;
    private final Deque<Queued> queue = new ArrayDeque<>();
    private long queuedBytes;
    private long airFreeNanos;
    private long lastOutNanos;

    private record Queued(int wireBytes, long leavesNanos) {}

    LinkPath(Link link, Way way, long seed, LinkLog log) {
        this.way = way;
        udpBlocked = link.udpBlocked();
        timeline = new Timeline(link, way, seed);
        this.log = log;
    }

    Timeline timeline() {
        return timeline;
    }

    /**
     * @param ipBytes      with the IP header
     * @param atNanos      since the link began; never before an earlier one
     * @param awakeAtNanos when the radio is ready to carry
     */
    Fate offer(Transport transport, int ipBytes, long atNanos, long awakeAtNanos) {
        Epoch epoch = timeline.epochAt(atNanos);
        int wireBytes = ipBytes + epoch.settings.overheadBytes();
        letGo(atNanos);
        if (udpBlocked && transport == Transport.UDP) {
            return refused(transport, Drop.UDP_BLOCKED, ipBytes, atNanos);
        }
        if (timeline.lostSinceNanos(atNanos) != Long.MAX_VALUE) {
            return refused(transport, Drop.OUTAGE, ipBytes, atNanos);
        }
        // An empty queue takes any packet, or a thin link with a short limit would carry no large one ever.
        if (queuedBytes > 0 && queuedBytes + wireBytes > limitBytes(epoch, atNanos)) {
            return refused(transport, Drop.QUEUE_FULL, ipBytes, atNanos);
        }
        Fate fate = carry(wireBytes, Math.max(Math.max(atNanos, airFreeNanos), awakeAtNanos));
        queue.addLast(new Queued(wireBytes, airFreeNanos));
        queuedBytes += wireBytes;
        log.add(new LinkEvent(way, transport, atNanos, ipBytes, wireBytes, airFreeNanos, fate));
        return fate;
    }

    private Fate refused(Transport transport, Drop reason, int ipBytes, long atNanos) {
        Fate fate = new Fate.Dropped(reason, atNanos);
        log.add(new LinkEvent(way, transport, atNanos, ipBytes, 0, atNanos, fate));
        return fate;
    }

    private void letGo(long atNanos) {
        for (Queued first = queue.peekFirst();
                first != null && first.leavesNanos <= atNanos;
                first = queue.peekFirst()) {
            queuedBytes -= first.wireBytes;
            queue.removeFirst();
        }
    }

    private long limitBytes(Epoch epoch, long atNanos) {
        Limit limit = epoch.settings.queue();
        if (limit instanceof Limit.Bytes bytes) {
            return bytes.bytes();
        }
        long limitMs = ((Limit.Time) limit).time().toMillis();
        return limitMs * timeline.sliceAt(atNanos).nominalBitsPerSecond() / 8000;
    }

    /** Carries a packet from {@code startNanos} on, at whatever rates hold until its last bit; says what became of it. */
    private Fate carry(int wireBytes, long startNanos) {
        long cursorNanos = startNanos;
        // In bits times nanoseconds per second, so that nothing is rounded where rates change.
        long work = wireBytes * 8L * NANOS;
        while (cursorNanos != Long.MAX_VALUE) {
            long lostSinceNanos = timeline.lostSinceNanos(cursorNanos);
            if (lostSinceNanos != Long.MAX_VALUE) {
                airFreeNanos = lostSinceNanos;
                return new Fate.Dropped(Drop.OUTAGE, lostSinceNanos);
            }
            Slice slice = timeline.sliceAt(cursorNanos);
            long needNanos = slice.bitsPerSecond() == 0 ? Long.MAX_VALUE : -Math.floorDiv(-work, slice.bitsPerSecond());
            long haveNanos = slice.untilNanos() - cursorNanos;
            if (needNanos <= haveNanos) {
                airFreeNanos = cursorNanos + needNanos;
                return arrive(airFreeNanos);
            }
            work -= slice.bitsPerSecond() * haveNanos;
            cursorNanos = slice.untilNanos();
        }
        // The script leaves the rate at 0 for ever: it waits as long.
        airFreeNanos = Long.MAX_VALUE;
        return new Fate.Dropped(Drop.OUTAGE, Long.MAX_VALUE);
    }

    /** What could be carried between two moments. */
    double carriableBits(long fromNanos, long untilNanos) {
        double bits = 0;
        for (long cursorNanos = fromNanos; cursorNanos < untilNanos; ) {
            Slice slice = timeline.sliceAt(cursorNanos).noLaterThan(untilNanos);
            bits += (double) slice.bitsPerSecond() * (slice.untilNanos() - cursorNanos) / NANOS;
            cursorNanos = slice.untilNanos();
        }
        return bits;
    }

    private Fate arrive(long leftNanos) {
        Epoch epoch = timeline.epochAt(leftNanos);
        if (epoch.loses(leftNanos)) {
            // After the air and not before it: a block that is lost has used its time.
            return new Fate.Dropped(Drop.LOSS, leftNanos);
        }
        lastOutNanos = Math.max(lastOutNanos, epoch.outNanos(leftNanos));
        return new Fate.Delivered(lastOutNanos);
    }
}
