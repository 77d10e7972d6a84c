package org.raabta.adapter;

/**
 * How single pictures are sent, beside speech and instead of moving ones.
 *
 * @param kbps link bits for them, everything counted; 0 is none
 */
public record StillPlan(double kbps) {
    /** No single pictures. */
    public static final StillPlan OFF = new StillPlan(0);

    public boolean active() {
        return kbps > 0;
    }
}
