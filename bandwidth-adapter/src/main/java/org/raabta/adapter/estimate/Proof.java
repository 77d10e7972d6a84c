package org.raabta.adapter.estimate;

import org.raabta.adapter.Confidence;

/** What the link has shown: the best it carried in the last half minute, what was hinted, and how far to believe it. */
final class Proof {
    /** While the link is not full: so much more than was delivered may be hoped for. */
    static final double HOPE = 1.5;

    static final double HOPE_KBPS = 10;
    /** So many of the seconds may hold what stalls let go. */
    private static final double LUMPS = 0.2;

    private static final int FRESH_SECONDS = 30;
    private static final long FRESH_NANOS = FRESH_SECONDS * 1_000_000_000L;
    private static final long TRUST_NANOS = 2_000_000_000L;
    /** A guess is tried for so long; it must not stand in the way of what is proven for ever. */
    private static final long GUESS_NANOS = 4_000_000_000L;

    /** Less than this is a pause, and says nothing of a guess: the thinnest speech is 9. */
    private static final double FLOWING_KBPS = 8;

    private final Lows carried = new Lows(FRESH_SECONDS, 1_000_000_000L);
    private double hintKbps;
    private long hintNanos;
    private long measuredNanos;
    private boolean measured;
    private boolean trusted;
    private boolean tried;
    private long triedNanos;

    void hint(double kbps, Confidence confidence, long nowNanos) {
        hintKbps = kbps;
        hintNanos = nowNanos;
        trusted |= confidence.compareTo(Confidence.MEDIUM) >= 0;
    }

    boolean trusted() {
        return trusted;
    }

    /** A new link, or the old one after a silence. */
    void doubt() {
        carried.clear();
        measured = false;
        trusted = false;
        tried = false;
        hintKbps = 0;
    }

    /** Carried without a queue. */
    void carried(double deliveredKbps, double estimateKbps, long nowNanos) {
        carried.add(-deliveredKbps, nowNanos);
        if (!tried) {
            tried = true;
            triedNanos = nowNanos;
        }
        // The far side of hope: the same bound that growth has, and the rounding of rates measured over a second.
        trusted |=
                nowNanos - triedNanos >= TRUST_NANOS && estimateKbps <= 1.1 * reachKbps(deliveredKbps, false, nowNanos);
    }

    /** What is left of an estimate that began as a guess: speech alone never reaches a guess that is high, however long it flows. */
    double withoutGuess(double deliveredKbps, double estimateKbps, long nowNanos) {
        boolean guess = tried && !trusted && nowNanos - triedNanos >= GUESS_NANOS;
        if (!guess || deliveredKbps < FLOWING_KBPS) {
            return estimateKbps;
        }
        trusted = true;
        hintKbps = 0;
        return Math.min(estimateKbps, reachKbps(deliveredKbps, false, nowNanos));
    }

    /** What it carried lately without a queue; 0 if nothing. */
    double bestKbps(long nowNanos) {
        return carriedKbps(0, nowNanos);
    }

    /** What it carried in a good many of the last seconds: what a stall held comes out together and looks like more than the link has. */
    double oftenKbps(long nowNanos) {
        return carriedKbps(LUMPS, nowNanos);
    }

    private double carriedKbps(double leaveOut, long nowNanos) {
        double negative = carried.low(leaveOut, nowNanos);
        return Double.isNaN(negative) ? 0 : -negative;
    }

    /** What it carried lately, and what a trusted hint says it carried before: a page that loaded. */
    double provenKbps(long nowNanos) {
        return Math.max(bestKbps(nowNanos), trusted ? freshHintKbps(nowNanos) : 0);
    }

    /**
     * The link was full and this came out.
     *
     * @param another whether what it carried before means nothing any more
     */
    void measured(double capacityKbps, boolean another, long nowNanos) {
        if (another) {
            carried.clear();
        }
        carried.add(-capacityKbps, nowNanos);
        hintKbps = 0;
        measured = true;
        measuredNanos = nowNanos;
    }

    /** How far the estimate may grow. */
    double reachKbps(double deliveredKbps, boolean withHint, long nowNanos) {
        double hopeKbps = HOPE * (Double.isNaN(deliveredKbps) ? 0 : deliveredKbps) + HOPE_KBPS;
        double reach = Math.max(hopeKbps, bestKbps(nowNanos));
        return withHint ? Math.max(reach, freshHintKbps(nowNanos)) : reach;
    }

    private double freshHintKbps(long nowNanos) {
        return nowNanos - hintNanos < FRESH_NANOS ? hintKbps : 0;
    }

    Confidence confidence(long nowNanos) {
        if (measured && nowNanos - measuredNanos < FRESH_NANOS) {
            return Confidence.HIGH;
        }
        return trusted || measured ? Confidence.MEDIUM : Confidence.LOW;
    }
}
