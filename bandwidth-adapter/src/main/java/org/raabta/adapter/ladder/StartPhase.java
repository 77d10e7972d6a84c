package org.raabta.adapter.ladder;

/**
 * The start of a direction, in which climbs are quick: so long a time on links that can be used. Before both are known well
 * enough to climb by nothing can be tried (a transport that is still under way, a page that is busy loading), nor while one is
 * silent or its queue drains: then the start waits, but not for ever.
 */
final class StartPhase {
    /** Links that are in trouble for longer than the start itself are not what a start is quick for. */
    private static final int LONGEST = 2;

    private final long phaseNanos;
    private boolean begun;
    private boolean over;
    private boolean usable;
    private long begunNanos;
    private long usedNanos;
    private long lastNanos;

    StartPhase(double phaseMs) {
        this.phaseNanos = Nanos.ofMs(phaseMs);
    }

    void observe(Path path, long nowNanos) {
        boolean counts = path.believable() && path.clean();
        if (!begun && counts) {
            begun = true;
            begunNanos = nowNanos;
        } else if (usable) {
            usedNanos += nowNanos - lastNanos;
        }
        usable = counts;
        lastNanos = nowNanos;
        over |= begun && endNanos() - nowNanos <= 0;
    }

    /** As of the last {@link #observe}. */
    boolean running() {
        return !over;
    }

    /** When it is over if nothing changes; {@link Long#MAX_VALUE} if that cannot be said yet. */
    long endNanos() {
        if (!begun) {
            return Long.MAX_VALUE;
        }
        long latest = begunNanos + LONGEST * phaseNanos;
        long used = lastNanos + phaseNanos - usedNanos;
        return usable && used - latest < 0 ? used : latest;
    }
}
