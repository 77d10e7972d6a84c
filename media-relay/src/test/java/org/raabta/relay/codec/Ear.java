package org.raabta.relay.codec;

import io.netty.buffer.Unpooled;

/** A receiver's decoder, for tests of whole calls. */
public final class Ear implements AutoCloseable {
    private final OpusDecoder decoder;

    public Ear(OpusLibrary library) {
        decoder = library.decoder();
    }

    /** What one packet sounds like, at 48 kHz. */
    public short[] hear(byte[] opus) {
        decoder.take(Unpooled.wrappedBuffer(opus), 0, opus.length);
        short[] pcm = new short[decoder.decode(opus.length)];
        decoder.read(pcm, 0, pcm.length);
        return pcm;
    }

    /** The share of a packet's loudness that is at this frequency. */
    public static double share(short[] pcm, double hz) {
        return Sounds.amplitude(pcm, 0, pcm.length, hz) / (Sounds.rms(pcm, 0, pcm.length) * Math.sqrt(2));
    }

    public static short[] tone(double hz, int ms) {
        return Sounds.tone(hz, 8000, ms);
    }

    public static short[] voice(int ms) {
        return Sounds.voice(ms);
    }

    @Override
    public void close() {
        decoder.close();
    }
}
