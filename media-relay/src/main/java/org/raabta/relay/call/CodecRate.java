package org.raabta.relay.call;

/** How many bits a second a sender's codec makes of speech: silence is left out, for it says nothing of the codec's setting. */
final class CodecRate {
    private static final double WINDOW_TICKS = 48_000;

    /** Opus of one or two bytes is silence (RFC 6716, section 2.1.9). */
    private static final int SILENCE_BYTES = 2;

    private double bitsPerSecond;
    private int packetMs;

    /** A packet of {@code ticks} of 48 kHz, redundancy left out. */
    void add(int bytes, int ticks) {
        if (bytes <= SILENCE_BYTES) {
            return;
        }
        packetMs = Math.max(1, ticks / 48);
        double now = bytes * 8 * 48_000.0 / ticks;
        double share = bitsPerSecond == 0 ? 1 : Math.min(1, ticks / WINDOW_TICKS);
        bitsPerSecond += (now - bitsPerSecond) * share;
    }

    /** Over about the last second of speech; 0 before there was any. */
    int bitsPerSecond() {
        return (int) Math.round(bitsPerSecond);
    }

    /** Of the last packet. */
    int packetMs() {
        return packetMs;
    }
}
