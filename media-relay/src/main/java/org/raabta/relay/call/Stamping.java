package org.raabta.relay.call;

/** Which packets to one leg carry a transport-wide sequence number. */
final class Stamping {
    /** Three in a row tell a queue from a late packet; the receiver sends one feedback for all. */
    private static final int RUN = 3;

    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private DownlinkMode mode = DownlinkMode.ALWAYS;
    private int left;
    private boolean started;
    private long nextRunNanos;

    DownlinkMode mode() {
        return mode;
    }

    void setMode(DownlinkMode mode) {
        this.mode = mode;
        started = false;
        left = 0;
    }

    /** Asked once for each packet. Video is never stamped in part: browsers would fall back to estimating by themselves. */
    boolean stamps(boolean video, long nowNanos) {
        if (mode != DownlinkMode.SPARSE || video) {
            return mode != DownlinkMode.NEVER;
        }
        if (left == 0 && (!started || nowNanos - nextRunNanos >= 0)) {
            started = true;
            nextRunNanos = nowNanos + INTERVAL_NANOS;
            left = RUN;
        }
        if (left == 0) {
            return false;
        }
        left--;
        return true;
    }
}
