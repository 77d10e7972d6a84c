package org.raabta.bench.bot;

import java.util.Optional;

/** Says which single tone fills a window of sound: Goertzel's algorithm at every 5 Hz of the speech band. */
final class ToneMeter {
    /** Below this root mean square of full scale a window counts as silence: comfort noise is quieter, any tone louder. */
    private static final double SILENCE_RMS = 0.003;

    private static final int LOWEST_HZ = 100;
    private static final int HIGHEST_HZ = 4_000;
    private static final int WINDOWS_PER_SECOND = 5;

    /**
     * @param hz    the strongest tone, to 5 Hz
     * @param share what part of the window's energy the tone is, 0 to 1
     */
    record Heard(int hz, double share) {}

    private final int sampleRate;
    private final double[] window;
    private int filled;

    ToneMeter(int sampleRate) {
        this.sampleRate = sampleRate;
        window = new double[sampleRate / WINDOWS_PER_SECOND];
    }

    int sampleRate() {
        return sampleRate;
    }

    /** Takes one sample in -1 to 1; true when that filled a window of 200 ms, which {@link #heard()} then judges. */
    boolean take(double sample) {
        window[filled++] = sample;
        if (filled < window.length) {
            return false;
        }
        filled = 0;
        return true;
    }

    /** What fills the last whole window; empty for silence. */
    Optional<Heard> heard() {
        double energy = 0;
        for (double sample : window) {
            energy += sample * sample;
        }
        if (Math.sqrt(energy / window.length) < SILENCE_RMS) {
            return Optional.empty();
        }
        int strongestHz = LOWEST_HZ;
        double strongest = 0;
        for (int hz = LOWEST_HZ; hz <= HIGHEST_HZ; hz += WINDOWS_PER_SECOND) {
            double power = power(hz);
            if (power > strongest) {
                strongest = power;
                strongestHz = hz;
            }
        }
        // A pure tone between two of our frequencies shows its energy in both: count the neighbours.
        double tone = power(strongestHz - WINDOWS_PER_SECOND) + strongest + power(strongestHz + WINDOWS_PER_SECOND);
        return Optional.of(new Heard(strongestHz, Math.min(1, 2 * tone / (energy * window.length))));
    }

    /** |X(hz)|^2 of the window's discrete Fourier transform. */
    private double power(int hz) {
        double coefficient = 2 * Math.cos(2 * Math.PI * hz / sampleRate);
        double previous = 0;
        double beforePrevious = 0;
        for (double sample : window) {
            double current = sample + coefficient * previous - beforePrevious;
            beforePrevious = previous;
            previous = current;
        }
        return previous * previous + beforePrevious * beforePrevious - coefficient * previous * beforePrevious;
    }
}
