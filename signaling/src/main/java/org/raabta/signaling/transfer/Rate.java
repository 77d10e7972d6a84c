package org.raabta.signaling.transfer;

/** Bytes a second over the last ten. */
final class Rate {
    private static final int SECONDS = 10;
    private static final long NANOS = 1_000_000_000L;

    private final long[] bytes = new long[SECONDS];
    private long second;
    private long beganNanos;
    private boolean began;

    void add(int more, long nowNanos) {
        if (!began) {
            began = true;
            beganNanos = nowNanos;
        }
        turn(nowNanos);
        bytes[(int) Math.floorMod(second, (long) SECONDS)] += more;
    }

    /** 0 while nothing moves. */
    double kbps(long nowNanos) {
        if (!began) {
            return 0;
        }
        turn(nowNanos);
        long sum = 0;
        for (long one : bytes) {
            sum += one;
        }
        double seconds = Math.max(0.5, Math.min(SECONDS, (nowNanos - beganNanos) / (double) NANOS));
        return sum * 8 / 1000.0 / seconds;
    }

    private void turn(long nowNanos) {
        long now = Math.floorDiv(nowNanos - beganNanos, NANOS);
        for (long passed = Math.max(second + 1, now - SECONDS + 1); passed <= now; passed++) {
            bytes[(int) Math.floorMod(passed, (long) SECONDS)] = 0;
        }
        second = Math.max(second, now);
    }
}
