package org.raabta.adapter.ladder;

import org.raabta.adapter.Confidence;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.Reason;

/**
 * The two links of one direction, seen as one.
 *
 * @param kbps       the least of what they carry and what the data budget allows
 * @param confidence the lesser one
 * @param state      the worse one
 * @param limit      whose figure {@code kbps} is: uplink-thin, downlink-thin or data-budget
 * @param trouble    what {@code state} means in words; {@code limit} while it is clean
 * @param queueMs    both queues
 * @param loss       the greater one
 * @param rttMs      both round trips: so long it takes at least until a change is seen from end to end
 * @param ageMs      since the one of them that is longer silent about its queue told of it
 */
record Path(
        double kbps,
        Confidence confidence,
        Estimate.State state,
        Reason limit,
        Reason trouble,
        double queueMs,
        double loss,
        double rttMs,
        double ageMs) {
    private static final double LOST = 0.1;

    static Path of(Estimate up, Estimate down, Thrift thrift, double lowShare) {
        double upKbps = believed(up, lowShare);
        double downKbps = believed(down, lowShare);
        boolean upLimits = upKbps <= downKbps;
        double kbps = Math.min(upKbps, downKbps);
        Reason limit = upLimits ? Reason.UPLINK_THIN : Reason.DOWNLINK_THIN;
        double budgetKbps = positive(thrift.budgetLeftKbps());
        if (budgetKbps > 0 && budgetKbps < kbps) {
            kbps = budgetKbps;
            limit = Reason.DATA_BUDGET;
        }
        boolean upWorse = up.state().compareTo(down.state()) >= 0;
        Estimate.State state = upWorse ? up.state() : down.state();
        return new Path(
                kbps,
                up.confidence().compareTo(down.confidence()) <= 0 ? up.confidence() : down.confidence(),
                state,
                limit,
                trouble(state, upWorse, limit),
                positive(up.queueMs()) + positive(down.queueMs()),
                Math.max(positive(up.loss()), positive(down.loss())),
                positive(up.rttMs()) + positive(down.rttMs()),
                Math.max(positive(up.ageMs()), positive(down.ageMs())));
    }

    private static Reason trouble(Estimate.State state, boolean up, Reason limit) {
        return switch (state) {
            case CLEAN -> limit;
            case DRAINING, OVERUSED, SEVERE -> up ? Reason.UPLINK_QUEUE : Reason.DOWNLINK_QUEUE;
            case SILENT -> up ? Reason.UPLINK_SILENT : Reason.DOWNLINK_SILENT;
        };
    }

    /** A guess from another visit or another direction is believed in part only; a figure that is none is 0. */
    private static double believed(Estimate estimate, double lowShare) {
        double kbps = positive(estimate.kbps());
        return switch (estimate.confidence()) {
            case NONE -> 0;
            case LOW -> kbps * lowShare;
            case MEDIUM, HIGH -> kbps;
        };
    }

    /** Estimates start from what a far end says: a figure that is negative or none at all is 0 here. */
    private static double positive(double value) {
        return value > 0 ? value : 0;
    }

    /**
     * Whether so much gets lost that speech cannot be followed. Where a link is too thin for what is sent, its queue is full and drops
     * the rest; an estimate alone may be wrong for long where there is no feedback.
     */
    boolean lossy() {
        return loss >= LOST;
    }

    boolean clean() {
        return state == Estimate.State.CLEAN;
    }

    /** A queue stands, or drains. */
    boolean queued() {
        return !clean() && state != Estimate.State.SILENT;
    }

    /** Everything but voice has to stop. */
    boolean blocked() {
        return state == Estimate.State.SEVERE || state == Estimate.State.SILENT;
    }

    /** Enough is known to climb by. */
    boolean believable() {
        return confidence.compareTo(Confidence.MEDIUM) >= 0;
    }
}
