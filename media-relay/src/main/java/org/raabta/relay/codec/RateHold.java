package org.raabta.relay.codec;

/**
 * Holds the wanted rate: at low rates libopus' variable bitrate stays 10 to 35 % below what it was asked for. A bucket of
 * unused bits, half a second deep, moves the asking; so a pause buys no more than that above the plan.
 */
final class RateHold {
    private static final double BUCKET_SECONDS = 0.5;
    private static final double GAIN_PER_SECOND = 1.2;

    /** How much sound passes between two changes. */
    private static final int INTERVAL_SAMPLES = OpusDecoder.RATE_HZ * 480 / 1000;

    private static final int LEAST_BPS = 6000;
    private static final int MOST_BPS = 96_000;

    private int wantedBps;
    private double unusedBits;
    private int samplesSince;

    void want(int bitsPerSecond) {
        wantedBps = bitsPerSecond;
        unusedBits = 0;
        samplesSince = 0;
    }

    /** One packet was coded; whether the encoder is to be asked for {@link #askBps()} now. */
    boolean onPacket(int bytes, int samples) {
        double depth = wantedBps * BUCKET_SECONDS;
        double unused = unusedBits + (double) wantedBps * samples / OpusDecoder.RATE_HZ - bytes * 8.0;
        unusedBits = Math.max(-depth, Math.min(depth, unused));
        samplesSince += samples;
        if (samplesSince < INTERVAL_SAMPLES) {
            return false;
        }
        samplesSince = 0;
        return true;
    }

    int askBps() {
        return (int) Math.max(LEAST_BPS, Math.min(MOST_BPS, wantedBps + unusedBits * GAIN_PER_SECOND));
    }
}
