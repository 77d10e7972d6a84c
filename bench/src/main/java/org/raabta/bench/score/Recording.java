package org.raabta.bench.score;

/** One mono recording and when it began. Samples lie in -1..1; the array is borrowed and not changed. */
public final class Recording {
    private final float[] samples;
    private final int rateHz;
    private final double startMs;

    public Recording(float[] samples, int rateHz, double startMs) {
        if (rateHz <= 0) {
            throw new IllegalArgumentException("rateHz must be positive");
        }
        this.samples = samples;
        this.rateHz = rateHz;
        this.startMs = startMs;
    }

    public int rateHz() {
        return rateHz;
    }

    public double startMs() {
        return startMs;
    }

    public double endMs() {
        return startMs + samples.length * 1000.0 / rateHz;
    }

    /** The samples themselves, borrowed: not to be written to. */
    public float[] samples() {
        return samples;
    }

    /** The index of the sample nearest to {@code atMs}; may lie outside the recording. */
    public int indexAt(double atMs) {
        return (int) Math.round((atMs - startMs) * rateHz / 1000.0);
    }

    /** The sample at {@code index}, or silence outside the recording. */
    public float sample(int index) {
        return index >= 0 && index < samples.length ? samples[index] : 0;
    }

    /** {@code count} samples from {@code fromMs} on, with silence where nothing was recorded. */
    public double[] slice(double fromMs, int count) {
        int first = indexAt(fromMs);
        double[] out = new double[count];
        for (int i = 0; i < count; i++) {
            out[i] = sample(first + i);
        }
        return out;
    }

    /** The same sound at another rate. */
    public Recording atRate(int otherHz) {
        if (otherHz == rateHz) {
            return this;
        }
        return new Recording(Resampler.between(rateHz, otherHz).apply(samples), otherHz, startMs);
    }
}
