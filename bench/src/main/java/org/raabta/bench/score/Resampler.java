package org.raabta.bench.score;

/**
 * Changes a sampling rate by the ratio of two small integers: a windowed-sinc low-pass (Kaiser, about 80 dB) evaluated at
 * the phases that are needed. The output begins at the same instant as the input.
 */
public final class Resampler {
    private static final double KAISER_BETA = 8;
    /** Zero crossings of the sinc on each side: the transition band is about 6 % of the lower rate. */
    private static final int CROSSINGS = 32;

    private final int up;
    private final int down;
    private final int halfTaps;
    private final float[] taps;

    private Resampler(int up, int down) {
        this.up = up;
        this.down = down;
        int slower = Math.max(up, down);
        this.halfTaps = CROSSINGS * slower;
        this.taps = new float[2 * halfTaps + 1];
        double cutoff = 0.94 / slower;
        for (int i = -halfTaps; i <= halfTaps; i++) {
            double x = Math.PI * cutoff * i;
            double sinc = i == 0 ? 1 : Math.sin(x) / x;
            double edge = (double) i / halfTaps;
            taps[i + halfTaps] = (float)
                    (up * cutoff * sinc * bessel(KAISER_BETA * Math.sqrt(1 - edge * edge)) / bessel(KAISER_BETA));
        }
    }

    public static Resampler between(int fromHz, int toHz) {
        int divisor = gcd(fromHz, toHz);
        return new Resampler(toHz / divisor, fromHz / divisor);
    }

    public float[] apply(float[] input) {
        int length = (int) ((long) input.length * up / down);
        float[] out = new float[length];
        for (int n = 0; n < length; n++) {
            long centre = (long) n * down;
            // Input sample k stands at k * up of the fine grid; only those under the filter count.
            int first = (int) Math.max(0, Math.floorDiv(centre - halfTaps + up - 1, up));
            int last = (int) Math.min(input.length - 1L, Math.floorDiv(centre + halfTaps, up));
            double sum = 0;
            for (int k = first; k <= last; k++) {
                sum += input[k] * taps[(int) (centre - (long) k * up) + halfTaps];
            }
            out[n] = (float) sum;
        }
        return out;
    }

    /** Modified Bessel function of the first kind, order 0, by its power series. */
    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; term > 1e-12 * sum; k++) {
            term *= (x / (2 * k)) * (x / (2 * k));
            sum += term;
        }
        return sum;
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
