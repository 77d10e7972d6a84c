package org.raabta.adapter.estimate;

/**
 * The share of packets lost, over enough packets to be a figure. A loss that stays when less is sent is the link's
 * nature (radio) and not its limit (a policer): it is remembered and ignored.
 */
final class LossShare {
    private final EstimatorSettings.Loss settings;
    private int lost;
    private int expected;
    private double share;
    private double natureShare;
    private boolean blamed;

    LossShare(EstimatorSettings.Loss settings) {
        this.settings = settings;
    }

    void clear() {
        lost = 0;
        expected = 0;
        natureShare = 0;
        blamed = false;
    }

    double share() {
        return share;
    }

    /** Whether what is lost is a reason to send less. */
    boolean add(int moreLost, int moreExpected) {
        lost += moreLost;
        expected += moreExpected;
        if (expected < settings.minPackets()) {
            return false;
        }
        share = (double) lost / expected;
        lost = 0;
        expected = 0;
        if (share < settings.ignoredBelow() + natureShare) {
            blamed = false;
            natureShare = Math.min(natureShare, share);
            return false;
        }
        if (blamed) {
            natureShare = share;
            blamed = false;
            return false;
        }
        blamed = true;
        return true;
    }
}
