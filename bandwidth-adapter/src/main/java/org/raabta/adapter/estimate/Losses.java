package org.raabta.adapter.estimate;

/** The share of packets lost, over reports that are long enough to say anything. */
final class Losses {
    /** A report of more is a lie or a wrap. */
    private static final int MOST_PACKETS = 100_000;

    private final EstimatorSettings.Loss settings;
    private int lost;
    private int expected;
    private double share;

    Losses(EstimatorSettings.Loss settings) {
        this.settings = settings;
    }

    /** Whether the report makes a new figure. False also for one that cannot be. */
    boolean add(int newlyLost, int newlyExpected) {
        if (newlyExpected <= 0 || newlyLost < 0 || newlyLost > newlyExpected || newlyExpected > MOST_PACKETS) {
            return false;
        }
        lost += newlyLost;
        expected += newlyExpected;
        if (expected < settings.minPackets()) {
            return false;
        }
        share = (double) lost / expected;
        lost = 0;
        expected = 0;
        return true;
    }

    /** 0 to 1. */
    double share() {
        return share;
    }

    /** Whether the share is more than radio links lose by themselves. */
    boolean many() {
        return share > settings.ignoredBelow();
    }

    void clear() {
        lost = 0;
        expected = 0;
        share = 0;
    }
}
