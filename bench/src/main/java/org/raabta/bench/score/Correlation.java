package org.raabta.bench.score;

import java.util.HashMap;
import java.util.Map;

/** Where in a longer signal a shorter one lies, by normalised cross-correlation. Not thread-safe: it keeps its transforms. */
public final class Correlation {
    /** Energy per sample below which a stretch is silence and resembles nothing. */
    private static final double SILENCE = 1e-10;

    private final Map<Integer, Fft> transforms = new HashMap<>();

    /** The best place: {@code index} in the longer signal, the cosine there (1 is equality but for loudness). */
    public record Peak(int index, double similarity) {}

    /** Per place of {@code shorter} along {@code longer}: the cosine between it and what it lies on; 0 where that is silence. */
    public double[] normalised(double[] longer, double[] shorter) {
        int places = longer.length - shorter.length + 1;
        if (places < 1) {
            throw new IllegalArgumentException("the longer signal is the shorter one");
        }
        double[] dots = dots(longer, shorter, places);
        double own = 0;
        double under = 0;
        for (int i = 0; i < shorter.length; i++) {
            own += shorter[i] * shorter[i];
            under += longer[i] * longer[i];
        }
        double floor = SILENCE * shorter.length;
        for (int place = 0; place < places; place++) {
            dots[place] = under > floor && own > floor ? dots[place] / Math.sqrt(under * own) : 0;
            if (place + 1 < places) {
                under +=
                        longer[place + shorter.length] * longer[place + shorter.length] - longer[place] * longer[place];
            }
        }
        return dots;
    }

    public Peak peak(double[] longer, double[] shorter) {
        double[] values = normalised(longer, shorter);
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) {
                best = i;
            }
        }
        return new Peak(best, values[best]);
    }

    /** Dot products by the convolution theorem: one transform carries both real signals, longer + i * shorter. */
    private double[] dots(double[] longer, double[] shorter, int places) {
        Fft fft = transforms.computeIfAbsent(Fft.sizeFor(longer.length), Fft::new);
        int n = fft.size();
        double[] re = new double[n];
        double[] im = new double[n];
        System.arraycopy(longer, 0, re, 0, longer.length);
        System.arraycopy(shorter, 0, im, 0, shorter.length);
        fft.forward(re, im);
        double[] productRe = new double[n];
        double[] productIm = new double[n];
        for (int k = 0; k < n; k++) {
            int mirror = (n - k) % n;
            // The spectra of the two real parts, from the symmetry of each.
            double longRe = (re[k] + re[mirror]) / 2;
            double longIm = (im[k] - im[mirror]) / 2;
            double shortRe = (im[k] + im[mirror]) / 2;
            double shortIm = (re[mirror] - re[k]) / 2;
            productRe[k] = longRe * shortRe + longIm * shortIm;
            productIm[k] = longIm * shortRe - longRe * shortIm;
        }
        fft.inverse(productRe, productIm);
        double[] out = new double[places];
        System.arraycopy(productRe, 0, out, 0, places);
        return out;
    }
}
