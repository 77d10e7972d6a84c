package org.raabta.signaling.transfer;

import java.util.Optional;

/** What a page was last told of its pace, and whether a new figure is worth the bytes. */
final class Pace {
    private static final long LEAST_NANOS = 500_000_000L;
    /** Less than this is no news. */
    private static final double CHANGE = 0.15;

    private Flow told = Flow.PAUSED;
    private boolean said;
    private long saidAtNanos;

    Optional<Flow> look(Flow flow, long nowNanos) {
        boolean turns = flow.paused() != told.paused();
        boolean other = flow.paused()
                ? !flow.why().equals(told.why())
                : differs(flow.kbps(), told.kbps()) || differs(flow.windowBytes(), told.windowBytes());
        boolean late = nowNanos - saidAtNanos >= LEAST_NANOS;
        if (said && !turns && !(other && late)) {
            return Optional.empty();
        }
        said = true;
        saidAtNanos = nowNanos;
        told = flow;
        return Optional.of(flow);
    }

    /** What the page goes by. */
    Flow told() {
        return told;
    }

    private static boolean differs(double now, double before) {
        return Math.abs(now - before) > CHANGE * before;
    }
}
