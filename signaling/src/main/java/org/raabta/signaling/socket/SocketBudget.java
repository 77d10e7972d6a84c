package org.raabta.signaling.socket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** How much one page may say, and how often it may be wrong. Owned by the socket. */
final class SocketBudget {
    static final int MESSAGES_PER_SECOND = 20;
    private static final int BURST = 60;
    private static final int ERRORS_PER_MINUTE = 20;

    private final Deque<Long> errorsAtNanos = new ArrayDeque<>();
    private double left = BURST;
    private long lastNanos;
    private boolean started;

    /** Whether one more message is within the budget. */
    boolean message(long nowNanos) {
        if (started) {
            left = Math.min(BURST, left + (nowNanos - lastNanos) * 1e-9 * MESSAGES_PER_SECOND);
        }
        started = true;
        lastNanos = nowNanos;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }

    /** Notes an error; false at the twentieth within a minute. */
    boolean error(long nowNanos) {
        errorsAtNanos.addLast(nowNanos);
        while (!errorsAtNanos.isEmpty() && nowNanos - errorsAtNanos.peekFirst() > TimeUnit.MINUTES.toNanos(1)) {
            errorsAtNanos.removeFirst();
        }
        return errorsAtNanos.size() < ERRORS_PER_MINUTE;
    }
}
