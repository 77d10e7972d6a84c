package org.raabta.relay.call;

import org.raabta.adapter.Confidence;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.estimate.CapacityEstimator;
import org.raabta.adapter.estimate.EstimatorSettings;

/**
 * What a leg's downlink carries, from what its receiver says: transport-wide feedback on stamped packets, receiver reports,
 * round trips and, where those are too dear, the page's own reports.
 */
final class DownlinkSense {
    private final CapacityEstimator estimator;
    /** Everything handed to the link so far. */
    private long sentBytes;
    /** Of it, what the receiver called lost. */
    private long lostBytes;

    DownlinkSense(EstimatorSettings settings, long nowNanos) {
        this.estimator = new CapacityEstimator(settings, nowNanos);
    }

    CapacityEstimator estimator() {
        return estimator;
    }

    Estimate estimate() {
        return estimator.estimate();
    }

    void hint(double kbps, Confidence confidence) {
        estimator.hint(kbps, confidence);
    }

    /** Goes to the leg now. Returns everything sent so far, this included. */
    long onSent(int linkBytes, long nowNanos) {
        sentBytes += linkBytes;
        estimator.onSent(linkBytes, nowNanos);
        return sentBytes;
    }

    /** As {@link #onSent}, of what no feedback tells of. */
    void onBeside(int linkBytes, long nowNanos) {
        sentBytes += linkBytes;
        estimator.onBeside(linkBytes, nowNanos);
    }

    /**
     * The receiver has a packet.
     *
     * @param sentSoFar      what {@link #onSent} returned for it
     * @param arrivedNanos on the receiver's clock
     */
    void onArrived(long sentNanos, long arrivedNanos, long sentSoFar, long nowNanos) {
        estimator.onTimed(sentNanos, arrivedNanos, sentSoFar - lostBytes, nowNanos);
    }

    /** The receiver said that it has not got these bytes; negative if it corrects itself. */
    void onLostBytes(int linkBytes) {
        lostBytes += linkBytes;
    }

    void onLoss(int lost, int expected, long nowNanos) {
        estimator.onLoss(lost, expected, nowNanos);
    }

    /** The page is alive, and says that it got so many packets and that its link lost so many. */
    void onPageReport(int packets, int lost, long nowNanos) {
        if (packets + lost > 0) {
            estimator.onLoss(lost, packets + lost, nowNanos);
        }
        estimator.onSign(nowNanos);
    }
}
