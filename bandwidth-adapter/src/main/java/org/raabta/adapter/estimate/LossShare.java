package org.raabta.adapter.estimate;

/**
 * The share of packets lost, over enough packets to be a figure. A loss that stays when less is sent is the link's
 * nature (radio) and not its limit (a policer): it is remembered and ignored.
 */
final class LossShare {
    /** A share of few packets is off by chance: so many standard deviations are allowed for. */
    private static final double LUCK = 2;

    private static final double LEAST_SHARE = 0.05;
    private static final double FORGET = 0.05;

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
        double chance = LUCK * Math.sqrt(Math.max(LEAST_SHARE, share) * (1 - share) / expected);
        lost = 0;
        expected = 0;
        if (share < settings.ignoredBelow() + natureShare + chance) {
            blamed = false;
            natureShare += FORGET * Math.min(0, share - natureShare);
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
