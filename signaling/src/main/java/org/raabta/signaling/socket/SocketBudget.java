package org.raabta.signaling.socket;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** How much one page may say, and how often it may be wrong. Owned by the socket. */
final class SocketBudget {
    static final int MESSAGES_PER_SECOND = 20;
    /** 80 kB a second in chunks of 400 bytes: above that a page is on no link that needs us. */
    static final int FRAMES_PER_SECOND = 200;

    private static final int BURST = 60;
    private static final int ERRORS_PER_MINUTE = 20;

    private final Deque<Long> errorsAtNanos = new ArrayDeque<>();
    private final Bucket messages = new Bucket(MESSAGES_PER_SECOND, BURST);
    private final Bucket frames = new Bucket(FRAMES_PER_SECOND, 2 * FRAMES_PER_SECOND);

    /** Whether one more message is within the budget. */
    boolean message(long nowNanos) {
        return messages.take(nowNanos);
    }

    /** The same of binary frames. */
    boolean frame(long nowNanos) {
        return frames.take(nowNanos);
    }

    /** Notes an error; false at the twentieth within a minute. */
    boolean error(long nowNanos) {
        errorsAtNanos.addLast(nowNanos);
        while (!errorsAtNanos.isEmpty() && nowNanos - errorsAtNanos.peekFirst() > TimeUnit.MINUTES.toNanos(1)) {
            errorsAtNanos.removeFirst();
        }
        return errorsAtNanos.size() < ERRORS_PER_MINUTE;
    }

    private static final class Bucket {
        private final int perSecond;
        private final int burst;
        private double left;
        private long lastNanos;
        private boolean started;

        Bucket(int perSecond, int burst) {
            this.perSecond = perSecond;
            this.burst = burst;
            this.left = burst;
        }

        boolean take(long nowNanos) {
            if (started) {
                left = Math.min(burst, left + (nowNanos - lastNanos) * 1e-9 * perSecond);
            }
            started = true;
            lastNanos = nowNanos;
            if (left < 1) {
                return false;
            }
            left--;
            return true;
        }
    }
}
