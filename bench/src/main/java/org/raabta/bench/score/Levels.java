package org.raabta.bench.score;

/** The level of a recording in frames of 10 ms, in dB of full scale. */
final class Levels {
    private static final double QUIETEST_DB = -120;
    private final double[] db;
    private final double startMs;

    private Levels(double[] db, double startMs) {
        this.db = db;
        this.startMs = startMs;
    }

    static Levels of(Recording recording) {
        int frame = recording.rateHz() * SpeechActivity.FRAME_MS / 1000;
        float[] samples = recording.samples();
        double[] db = new double[samples.length / frame];
        for (int i = 0; i < db.length; i++) {
            double energy = 0;
            for (int k = i * frame; k < (i + 1) * frame; k++) {
                energy += samples[k] * samples[k];
            }
            db[i] = Math.max(QUIETEST_DB, 10 * Math.log10(energy / frame + 1e-20));
        }
        return new Levels(db, recording.startMs());
    }

    int count() {
        return db.length;
    }

    double db(int index) {
        return db[index];
    }

    double startMs(int index) {
        return startMs + index * (double) SpeechActivity.FRAME_MS;
    }

    /** The level that the loudest twentieth of all frames exceeds; the quietest possible if there are no frames. */
    double loudDb() {
        return Percentiles.of(db, 0.95).orElse(QUIETEST_DB);
    }
}
