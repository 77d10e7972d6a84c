package org.raabta.relay.call;

/**
 * When packets came, as their sender's own estimator is to see it. Browsers take the jitter of a radio, and threads that are late, for
 * a queue, and go down to their least rate over a link that has room. While {@link UplinkSense} finds the link clean they are shown
 * what stands of the delay, and as soon as it does not, what really happened.
 *
 * <pre>
 * left (abs-send-time) + least delay of the call + what stands beyond 50 ms = shown, while all is well; else when it came
 * </pre>
 */
final class ShownArrivals {
    /** 24 bits of 2^-18 s (draft-alvestrand-rmcat-remb-03, section 3.3): they wrap after 64 s. */
    private static final int BITS = 24;

    private static final double NANOS_PER_TICK = 1e9 / (1 << 18);
    /** After half a wrap a difference says nothing. */
    private static final long FORGET_NANOS = 20_000_000_000L;
    /** What none of the packets of this and the last such time was spared stands. */
    private static final long STANDS_NANOS = 200_000_000L;
    /** So much stands of jitter that turns slowly. */
    private static final double UNSEEN_NANOS = 50e6;
    /** Clocks drift apart, and paths get longer. */
    private static final double RISE = 0.001;
    /** A packet that does not say when it left shared the way of the last one that did. */
    private static final long NEAR_NANOS = 100_000_000L;

    private boolean started;
    private int lastTicks;
    private double leftNanos;
    private double leastNanos;
    private double leastBeforeNanos;
    private double leastEverNanos;
    private double hiddenNanos;
    private long sinceNanos;
    private long lastNanos;

    void reset() {
        started = false;
    }

    /**
     * Of a packet that says when it left.
     *
     * @param ticks when it left, 24 bits
     * @param calm  whether no queue stands on its way
     */
    long shown(int ticks, boolean calm, long nowNanos) {
        if (!started || nowNanos - lastNanos > FORGET_NANOS) {
            started = true;
            lastNanos = nowNanos;
            leftNanos = nowNanos;
            leastNanos = 0;
            leastBeforeNanos = 0;
            leastEverNanos = 0;
            sinceNanos = nowNanos;
        } else {
            int apart = (ticks - lastTicks) << (Integer.SIZE - BITS) >> (Integer.SIZE - BITS);
            leftNanos += apart * NANOS_PER_TICK;
        }
        double delayNanos = nowNanos - leftNanos;
        if (nowNanos - sinceNanos >= STANDS_NANOS) {
            leastBeforeNanos = nowNanos - sinceNanos < 2 * STANDS_NANOS ? leastNanos : delayNanos;
            leastNanos = delayNanos;
            sinceNanos = nowNanos;
        }
        leastNanos = Math.min(leastNanos, delayNanos);
        leastEverNanos = Math.min(leastEverNanos + RISE * (nowNanos - lastNanos), delayNanos);
        double standsNanos = Math.min(leastNanos, leastBeforeNanos) - leastEverNanos;
        hiddenNanos = delayNanos - leastEverNanos - Math.max(0, standsNanos - UNSEEN_NANOS);
        lastTicks = ticks;
        lastNanos = nowNanos;
        return shown(calm, nowNanos);
    }

    /** Of a packet that does not. */
    long shown(boolean calm, long nowNanos) {
        boolean near = started && nowNanos - lastNanos <= NEAR_NANOS;
        return calm && near ? nowNanos - (long) hiddenNanos : nowNanos;
    }
}
