package org.raabta.bench.bot;

/** A sine, mono, 16 bit little-endian, in frames of 10 ms, without a click between frames. */
final class Tone {
    static final int SAMPLE_RATE = 48_000;
    static final int FRAME_SAMPLES = SAMPLE_RATE / 100;
    private static final double AMPLITUDE = 0.5 * Short.MAX_VALUE;

    private final double radiansPerSample;
    private long sample;

    Tone(double hz) {
        radiansPerSample = 2 * Math.PI * hz / SAMPLE_RATE;
    }

    byte[] nextFrame() {
        byte[] pcm = new byte[2 * FRAME_SAMPLES];
        for (int i = 0; i < FRAME_SAMPLES; i++) {
            int value = (int) Math.round(AMPLITUDE * Math.sin(radiansPerSample * sample++));
            pcm[2 * i] = (byte) value;
            pcm[2 * i + 1] = (byte) (value >> 8);
        }
        return pcm;
    }
}
