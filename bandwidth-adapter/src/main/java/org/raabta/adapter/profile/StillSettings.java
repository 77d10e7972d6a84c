package org.raabta.adapter.profile;

/**
 * The single pictures of one rung.
 *
 * @param leastKbps what they get at least; less is no picture for many seconds
 * @param mostKbps  more is not worth its bits: it is better left to speech that proves the next rung
 */
public record StillSettings(double leastKbps, double mostKbps) {
    /** A rung without single pictures. */
    public static final StillSettings NONE = new StillSettings(0, 0);
}
