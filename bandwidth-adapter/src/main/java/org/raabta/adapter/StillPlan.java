package org.raabta.adapter;

/**
 * How single pictures are sent, beside speech and instead of moving ones.
 *
 * @param kbps      link bits for them on the way to the receiver, everything counted; 0 is none
 * @param fromVideo what the sender goes on sending where only the receiver's link is thin: pictures are taken out of it on the way;
 *                  {@link VideoPlan#OFF} where the sender's page makes them
 */
public record StillPlan(double kbps, VideoPlan fromVideo) {
    /** No single pictures. */
    public static final StillPlan OFF = new StillPlan(0, VideoPlan.OFF);

    public boolean active() {
        return kbps > 0;
    }
}
