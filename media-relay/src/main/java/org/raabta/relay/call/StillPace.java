package org.raabta.relay.call;

/** How often one receiver gets a single picture out of a sender's video: each takes its time at the budget. */
final class StillPace {
    /** More often is no still picture any more, and each costs its sender a key frame. */
    private static final long LEAST_NANOS = 1_000_000_000L;

    /** However large the picture: one that is a minute old shows nothing. */
    private static final long MOST_NANOS = 60_000_000_000L;

    /** TCP, TLS, IP and the frame around chunks of 400 bytes. */
    private static final double COST = 1.2;

    private double kbps;
    private boolean given;
    private long dueNanos;

    void setKbps(double kbps) {
        this.kbps = kbps;
        given &= kbps > 0;
    }

    boolean active() {
        return kbps > 0;
    }

    /** Whether a key frame is to be asked for now. */
    boolean asks(long nowNanos) {
        return active() && (!given || nowNanos - dueNanos >= 0);
    }

    /** Whether a picture that is there now goes to this receiver; it counts as given then. */
    boolean takes(int bytes, long nowNanos) {
        if (!asks(nowNanos)) {
            return false;
        }
        given = true;
        double nanos = bytes * COST * 8 / kbps * 1e6;
        dueNanos = nowNanos + (long) Math.max(LEAST_NANOS, Math.min(MOST_NANOS, nanos));
        return true;
    }
}
