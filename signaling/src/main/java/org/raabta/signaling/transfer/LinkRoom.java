package org.raabta.signaling.transfer;

/**
 * What a leg's transfers may use of its link beside the call.
 *
 * @param rttMs round trip of the link, 0 if unknown
 */
public record LinkRoom(Way up, Way down, double rttMs) {
    /** There is no voice that could be hurt: what comes through is all that limits. */
    public static final LinkRoom NO_CALL = new LinkRoom(Way.FREE, Way.FREE, 0);

    /**
     * @param kbps link bits a second, headers counted
     * @param why  {@code queue}, {@code voice}, {@code silent} or {@code floor} while paused, else empty
     */
    public record Way(double kbps, String why) {
        static final double FREE_KBPS = 4000;

        public static final Way FREE = new Way(FREE_KBPS, "");

        public static Way paused(String why) {
            return new Way(0, why);
        }

        boolean free() {
            return kbps >= FREE_KBPS;
        }
    }
}
