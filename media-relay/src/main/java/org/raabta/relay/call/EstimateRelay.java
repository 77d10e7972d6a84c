package org.raabta.relay.call;

/** When to tell a sender what its receivers' links carry (REMB): on change, at most once per second. */
final class EstimateRelay {
    /** Takes a cap away that no receiver asks for any more; above anything we relay. */
    static final long UNLIMITED = 10_000_000L;

    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private long offered = UNLIMITED;
    private long told = UNLIMITED;
    private boolean everTold;
    private long toldNanos;

    /** The least of the receivers' estimates now, or {@link #UNLIMITED}. */
    void offer(long bitsPerSecond) {
        offered = Math.min(bitsPerSecond, UNLIMITED);
    }

    boolean takeDue(long nowNanos) {
        if (!Deadlines.due(nextDeadlineNanos(nowNanos), nowNanos)) {
            return false;
        }
        told = offered;
        everTold = true;
        toldNanos = nowNanos;
        return true;
    }

    long bitsPerSecond() {
        return told;
    }

    long nextDeadlineNanos(long nowNanos) {
        if (offered == told) {
            return Deadlines.NONE;
        }
        return everTold ? toldNanos + INTERVAL_NANOS : nowNanos;
    }
}
