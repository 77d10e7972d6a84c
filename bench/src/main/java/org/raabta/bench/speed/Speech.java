package org.raabta.bench.speed;

import java.util.Random;

/** Mono sound at 48 kHz that costs an encoder what speech does: voiced syllables, four a second, with breath between. */
final class Speech {
    private static final int RATE_HZ = 48_000;
    private static final long SEED = 4;

    private Speech() {}

    static short[] of(int samples) {
        Random random = new Random(SEED);
        short[] pcm = new short[samples];
        for (int i = 0; i < samples; i++) {
            double seconds = (double) i / RATE_HZ;
            double phase = 2 * Math.PI * (120 * seconds + 2 * Math.sin(2 * Math.PI * 0.7 * seconds));
            double sum = 0;
            for (int harmonic = 1; harmonic <= 25; harmonic++) {
                sum += Math.sin(harmonic * phase) / (1 + Math.abs(harmonic - 5));
            }
            double loudness = Math.max(0.05, Math.sin(2 * Math.PI * 4 * seconds));
            pcm[i] = (short) (loudness * 3000 * sum + 150 * random.nextGaussian());
        }
        return pcm;
    }
}
