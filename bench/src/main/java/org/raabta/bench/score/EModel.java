package org.raabta.bench.score;

/**
 * The E-model of ITU-T G.107, reduced to codec and loss: R = 93.2 - Ie,eff, without the delay term, as at the delays of
 * GPRS that term hides everything else (links-and-ladder, section 9). The ITU has published no Ie for Opus in the
 * narrowband model; ours is an assumption, set beside codecs of the same rates in G.113 (G.723.1 at 6.3 kbps 15, G.729 at
 * 8 kbps 10, GSM-EFR at 12.2 kbps 5), a little worse at 6 kbps and a little better above 12 for Opus's wider band.
 */
public final class EModel {
    private static final double BEST_R = 93.2;
    private static final double[] RATES_KBPS = {6, 8, 12, 16, 20, 24};
    private static final double[] IMPAIRMENTS = {17, 10, 4, 2, 1, 0};
    /** Robustness against loss, as for concealed G.729A (19) [assumption]; loss is taken as random (BurstR = 1). */
    private static final double BPL = 19;

    private EModel() {}

    /**
     * Mean opinion score, 1 to 4.41.
     *
     * @param payloadKbps Opus payload while somebody speaks, without any header
     * @param lossShare of the speech that was due, the share that was concealed or silent
     */
    public static double mos(double payloadKbps, double lossShare) {
        double impairment = impairment(payloadKbps);
        double lossPercent = 100 * Math.min(1, Math.max(0, lossShare));
        return ofR(BEST_R - impairment - (95 - impairment) * lossPercent / (lossPercent + BPL));
    }

    private static double impairment(double kbps) {
        if (kbps <= RATES_KBPS[0]) {
            return IMPAIRMENTS[0];
        }
        for (int i = 1; i < RATES_KBPS.length; i++) {
            if (kbps <= RATES_KBPS[i]) {
                double share = (kbps - RATES_KBPS[i - 1]) / (RATES_KBPS[i] - RATES_KBPS[i - 1]);
                return IMPAIRMENTS[i - 1] + share * (IMPAIRMENTS[i] - IMPAIRMENTS[i - 1]);
            }
        }
        return 0;
    }

    /** G.107, annex B. */
    static double ofR(double r) {
        if (r <= 0) {
            return 1;
        }
        // The cubic dips below 1 for small R.
        return Math.max(1, Math.min(4.5, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6));
    }
}
