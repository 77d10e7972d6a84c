package org.raabta.relay.call;

import java.util.OptionalDouble;

/** What the person of a leg can spare: battery, and data. */
final class LegThrift {
    static final double UNLIMITED_KBPS = Double.MAX_VALUE;

    /** A consultation's usual length (design/links-and-ladder.md, section 1): a budget is spread over what is left of it. */
    private static final double CONSULTATION_SECONDS = 900;

    private static final double LEAST_SECONDS = 120;

    private final RateMeter up;
    private final RateMeter down;
    private boolean batteryLow;
    private OptionalDouble budgetMb = OptionalDouble.empty();
    private long sinceNanos;
    private long usedBefore;

    LegThrift(RateMeter up, RateMeter down) {
        this.up = up;
        this.down = down;
    }

    void set(boolean low, OptionalDouble megabytes, long nowNanos) {
        batteryLow = low;
        budgetMb = megabytes;
        sinceNanos = nowNanos;
        usedBefore = used();
    }

    private long used() {
        return up.totalBytes() + down.totalBytes();
    }

    boolean batteryLow() {
        return batteryLow;
    }

    /** The mean rate of one direction that what is left of the budget allows. */
    double budgetKbps(long nowNanos) {
        if (budgetMb.isEmpty()) {
            return UNLIMITED_KBPS;
        }
        double leftBytes = Math.max(0, budgetMb.getAsDouble() * 1e6 - (used() - usedBefore));
        double leftSeconds = Math.max(LEAST_SECONDS, CONSULTATION_SECONDS - (nowNanos - sinceNanos) / 1e9);
        return leftBytes * 8 / 1000 / leftSeconds / 2;
    }
}
