package org.raabta.bench.score;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Extended short-time objective intelligibility (Jensen and Taal 2016): how much of the spectro-temporal pattern of clean
 * speech survives in what was heard. About 1 is untouched, below 0.4 hardly a word is understood, 0 is unrelated.
 * Both signals must be time-aligned; silent stretches of the clean one do not count.
 */
public final class Estoi {
    public static final int RATE_HZ = 10_000;

    private static final int FRAME = 256;
    private static final int HOP = 128;
    private static final int BANDS = 15;
    private static final double LOWEST_CENTRE_HZ = 150;
    /** Frames of one segment: 384 ms. */
    private static final int SEGMENT = 30;

    private static final double DYNAMIC_RANGE_DB = 40;
    private static final double NOTHING = 1e-12;

    private final Fft fft = new Fft(512);
    private final double[] window = new double[FRAME];
    private final int[] bandEdges = new int[2 * BANDS];

    public Estoi() {
        for (int i = 0; i < FRAME; i++) {
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 1) / (FRAME + 1));
        }
        for (int band = 0; band < BANDS; band++) {
            bandEdges[2 * band] = nearestBin(LOWEST_CENTRE_HZ * Math.pow(2, (2 * band - 1) / 6.0));
            bandEdges[2 * band + 1] = nearestBin(LOWEST_CENTRE_HZ * Math.pow(2, (2 * band + 1) / 6.0));
        }
    }

    /** The index for two signals of one length at 10 kHz; empty if the clean one holds less than 0.4 s of speech. */
    public OptionalDouble of(double[] clean, double[] heard) {
        if (clean.length != heard.length) {
            throw new IllegalArgumentException("both signals must have one length");
        }
        List<Integer> kept = framesWithSpeech(clean);
        if (kept.size() <= SEGMENT) {
            return OptionalDouble.empty();
        }
        double[][] x = bandEnvelopes(joined(clean, kept));
        double[][] y = bandEnvelopes(joined(heard, kept));
        double sum = 0;
        int segments = 0;
        for (int end = SEGMENT; end <= x.length; end++) {
            sum += similarity(normalised(x, end - SEGMENT), normalised(y, end - SEGMENT));
            segments++;
        }
        return segments == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / segments);
    }

    /** Frames of the clean signal within 40 dB of its loudest frame (Taal et al. 2011, section II). */
    private List<Integer> framesWithSpeech(double[] clean) {
        int frames = frameCount(clean.length);
        double[] db = new double[frames];
        double loudest = Double.NEGATIVE_INFINITY;
        for (int f = 0; f < frames; f++) {
            double energy = 0;
            for (int i = 0; i < FRAME; i++) {
                double v = clean[f * HOP + i] * window[i];
                energy += v * v;
            }
            db[f] = 20 * Math.log10(Math.sqrt(energy) + Math.ulp(1.0));
            loudest = Math.max(loudest, db[f]);
        }
        List<Integer> kept = new ArrayList<>();
        for (int f = 0; f < frames; f++) {
            if (db[f] > loudest - DYNAMIC_RANGE_DB) {
                kept.add(f);
            }
        }
        return kept;
    }

    private double[] joined(double[] signal, List<Integer> frames) {
        double[] out = new double[HOP * (frames.size() - 1) + FRAME];
        for (int n = 0; n < frames.size(); n++) {
            int from = frames.get(n) * HOP;
            for (int i = 0; i < FRAME; i++) {
                out[n * HOP + i] += signal[from + i] * window[i];
            }
        }
        return out;
    }

    /** Per frame and one-third octave band: the root of the energy. */
    private double[][] bandEnvelopes(double[] signal) {
        int frames = frameCount(signal.length);
        double[][] out = new double[frames][BANDS];
        double[] re = new double[fft.size()];
        double[] im = new double[fft.size()];
        for (int f = 0; f < frames; f++) {
            java.util.Arrays.fill(re, 0);
            java.util.Arrays.fill(im, 0);
            for (int i = 0; i < FRAME; i++) {
                re[i] = signal[f * HOP + i] * window[i];
            }
            fft.forward(re, im);
            for (int band = 0; band < BANDS; band++) {
                double energy = 0;
                for (int bin = bandEdges[2 * band]; bin < bandEdges[2 * band + 1]; bin++) {
                    energy += re[bin] * re[bin] + im[bin] * im[bin];
                }
                out[f][band] = Math.sqrt(energy);
            }
        }
        return out;
    }

    /** One segment with mean and norm of each band over time, then of each frame over the bands, taken out (2016, eq. 4-6). */
    private static double[][] normalised(double[][] envelopes, int from) {
        double[][] segment = new double[SEGMENT][];
        for (int f = 0; f < SEGMENT; f++) {
            segment[f] = envelopes[from + f].clone();
        }
        double[] column = new double[SEGMENT];
        for (int band = 0; band < BANDS; band++) {
            for (int f = 0; f < SEGMENT; f++) {
                column[f] = segment[f][band];
            }
            normalise(column);
            for (int f = 0; f < SEGMENT; f++) {
                segment[f][band] = column[f];
            }
        }
        for (double[] frame : segment) {
            normalise(frame);
        }
        return segment;
    }

    private static void normalise(double[] values) {
        double mean = 0;
        for (double v : values) {
            mean += v / values.length;
        }
        double energy = 0;
        for (int i = 0; i < values.length; i++) {
            values[i] -= mean;
            energy += values[i] * values[i];
        }
        double norm = Math.sqrt(energy);
        for (int i = 0; i < values.length; i++) {
            values[i] = norm > NOTHING ? values[i] / norm : 0;
        }
    }

    private static double similarity(double[][] a, double[][] b) {
        double sum = 0;
        for (int f = 0; f < SEGMENT; f++) {
            for (int band = 0; band < BANDS; band++) {
                sum += a[f][band] * b[f][band];
            }
        }
        return sum / SEGMENT;
    }

    private static int frameCount(int length) {
        return length <= FRAME ? 0 : (length - FRAME - 1) / HOP + 1;
    }

    private int nearestBin(double hz) {
        return (int) Math.round(hz * fft.size() / RATE_HZ);
    }
}
