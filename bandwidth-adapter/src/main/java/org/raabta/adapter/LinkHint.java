package org.raabta.adapter;

/**
 * What is known of a leg's link before the first packet of media; a figure that is not known is 0.
 *
 * @param downKbps   what its downlink carried while the page loaded, or on the last visit times 0.75
 * @param upKbps     the same of its uplink
 * @param measured   whether the figures come from this very visit
 * @param saveData   the person asked the browser to save data
 * @param thinRadio  the browser names the network 2G
 */
public record LinkHint(double downKbps, double upKbps, boolean measured, boolean saveData, boolean thinRadio) {
    public static final LinkHint NONE = new LinkHint(0, 0, false, false, false);
}
