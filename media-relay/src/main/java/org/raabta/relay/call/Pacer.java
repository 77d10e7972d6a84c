package org.raabta.relay.call;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.raabta.relay.rtp.RtpHeader;

/**
 * Lets pictures onto one leg's link no faster than their share, so that speech never waits behind them: speech does not
 * come by here. Packets that wait are copies in plain memory: nothing has to be released, whatever becomes of the call.
 */
final class Pacer {
    /** Pictures are uneven; what a share leaves free for a moment is used. */
    private static final double FACTOR = 1.25;

    /** While a queue stands before the link pictures wait here and let it drain: there, speech waits behind them. */
    private static final double DRAIN_FACTOR = 0.6;

    /** Packets due this soon go out together: timers have a price, and links that are this fast do not notice. */
    private static final long TOGETHER_NANOS = 5_000_000L;

    /**
     * Where so much is free, pictures leave in bursts of this length, as browsers send them: how far apart their packets arrive tells
     * the link's rate, and speech waits no longer than this behind one.
     */
    private static final long BURST_NANOS = 25_000_000L;

    private static final double BURST_KBPS = 200;

    /** A frame that would begin to wait longer is left out, and all that build on it. */
    static final long QUEUE_LIMIT_NANOS = 500_000_000L;

    /** The frames that are let in may be as long as this at most. */
    private static final long HARD_LIMIT_NANOS = 4 * QUEUE_LIMIT_NANOS;

    private static final double LEAST_KBPS = 1;

    /** Whatever the share: what waits for one leg is bounded. */
    private static final int MAX_QUEUED_BYTES = 128 * 1024;

    /** How long after a refusal the estimator is asked again. */
    private static final long GATE_RETRY_NANOS = 20_000_000L;

    /** No limit: on a link that nothing is known of, or that has room for all. */
    static final double UNLIMITED_KBPS = Double.POSITIVE_INFINITY;

    /** Whether the link takes this much more beside speech now (section 6, in flight). */
    interface Gate {
        boolean mayTransmit(int linkBytes, long nowNanos);
    }

    /** A packet that waits: its header is not stamped yet, and the payload wraps an array of its own. */
    record Waiting(Forwarder owner, RtpHeader header, ByteBuf payload, int linkBytes) {}

    /** Sends a packet that waited. */
    interface Output {
        void send(Waiting packet, long nowNanos);
    }

    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private double kbps = UNLIMITED_KBPS;
    private Gate gate = (bytes, now) -> true;
    private BooleanSupplier draining = () -> false;
    private long queuedBytes;
    private boolean started;
    /** When the link is done with what went out, by the share. */
    private long freeNanos;

    private boolean refused;
    private long askAgainNanos;

    void setKbps(double kbps) {
        this.kbps = Math.max(LEAST_KBPS, kbps);
    }

    void setGate(Gate gate) {
        this.gate = gate;
    }

    /** @param draining whether the link's queue has to drain */
    void setDraining(BooleanSupplier draining) {
        this.draining = draining;
    }

    /** Whether a packet of a new frame, or of one that has been let in before, still fits. */
    boolean admits(boolean newFrame, int linkBytes, long nowNanos) {
        if (queuedBytes + linkBytes > MAX_QUEUED_BYTES) {
            return false;
        }
        double waitNanos = spanNanos(queuedBytes);
        if (started && freeNanos - nowNanos > 0) {
            waitNanos += freeNanos - nowNanos;
        }
        if (newFrame) {
            return waitNanos <= QUEUE_LIMIT_NANOS;
        }
        return waitNanos + spanNanos(linkBytes) <= HARD_LIMIT_NANOS;
    }

    /** Whether a packet may go out at once; it counts as sent then. If not, it is to be {@link #add}ed. */
    boolean passes(int linkBytes, long nowNanos) {
        return queue.isEmpty() && taken(linkBytes, nowNanos);
    }

    void add(Waiting packet) {
        queue.add(packet);
        queuedBytes += packet.linkBytes();
    }

    /** Sends what is due. */
    void run(Output output, long nowNanos) {
        while (!queue.isEmpty() && taken(queue.element().linkBytes(), nowNanos)) {
            Waiting packet = queue.remove();
            queuedBytes -= packet.linkBytes();
            output.send(packet, nowNanos);
        }
    }

    private boolean taken(int linkBytes, long nowNanos) {
        refused = false;
        if (!Deadlines.due(freeAt(nowNanos), nowNanos)) {
            return false;
        }
        if (!gate.mayTransmit(linkBytes, nowNanos)) {
            refused = true;
            askAgainNanos = nowNanos + GATE_RETRY_NANOS;
            return false;
        }
        long from = started && freeNanos - nowNanos > 0 ? freeNanos : nowNanos;
        started = true;
        freeNanos = from + (long) spanNanos(linkBytes);
        return true;
    }

    private long freeAt(long nowNanos) {
        boolean burst = kbps >= BURST_KBPS && !draining.getAsBoolean();
        return started && kbps < UNLIMITED_KBPS ? freeNanos - (burst ? BURST_NANOS : TOGETHER_NANOS) : nowNanos;
    }

    /** How long {@code linkBytes} take at the share. */
    private double spanNanos(long linkBytes) {
        double factor = draining.getAsBoolean() ? DRAIN_FACTOR : FACTOR;
        return linkBytes == 0 ? 0 : linkBytes * 8e6 / (kbps * factor);
    }

    /** Forgets what waits for {@code owner}'s receiver: it is not to be seen any more. Answers what that was. */
    List<Waiting> drop(Forwarder owner) {
        if (queue.isEmpty()) {
            return List.of();
        }
        List<Waiting> dropped =
                queue.stream().filter(packet -> packet.owner() == owner).toList();
        queue.removeIf(packet -> packet.owner() == owner);
        queuedBytes = queue.stream().mapToLong(Waiting::linkBytes).sum();
        return dropped;
    }

    /** When something that waits is due, or {@link Deadlines#NONE}. */
    long nextDeadlineNanos(long nowNanos) {
        if (queue.isEmpty()) {
            return Deadlines.NONE;
        }
        return refused ? askAgainNanos : freeAt(nowNanos);
    }
}
