package org.raabta.relay.codec;

import com.sun.jna.Pointer;

/**
 * Mono samples at 48 kHz to Opus, tuned for speech. Rate and silence can be changed between any two packets, and the
 * stream goes on as it was.
 */
public final class OpusEncoder implements AutoCloseable {
    /** Fits every path; 64 kbps in 120 ms are 960. */
    public static final int MAX_PACKET_BYTES = 1200;

    private final NativeBlock block;
    private final Libopus.Controls controls;
    private final Pointer state;
    private final Pointer pcm;
    private final Pointer packet;

    OpusEncoder(NativeBlock block, Libopus.Controls controls) {
        this.block = block;
        this.controls = controls;
        int stateBytes = stateSize();
        int pcmBytes = OpusDecoder.MAX_SAMPLES * Short.BYTES;
        state = block.at(0, stateBytes);
        pcm = block.at(stateBytes, pcmBytes);
        packet = block.at(stateBytes + pcmBytes, MAX_PACKET_BYTES);
        int result = Libopus.opus_encoder_init(state, OpusDecoder.RATE_HZ, 1, Libopus.APPLICATION_VOIP);
        if (result != Libopus.OK) {
            block.close();
            throw new IllegalStateException("opus_encoder_init: " + result);
        }
        set(Libopus.SET_SIGNAL, Libopus.SIGNAL_VOICE);
        set(Libopus.SET_INBAND_FEC, 0); // inert at these rates; RED does it (design/links-and-ladder.md, section 3)
    }

    static int nativeSize() {
        return stateSize() + OpusDecoder.MAX_SAMPLES * Short.BYTES + MAX_PACKET_BYTES;
    }

    private static int stateSize() {
        return OpusDecoder.aligned(Libopus.opus_encoder_get_size(1));
    }

    public void setBitrate(int bitsPerSecond) {
        set(Libopus.SET_BITRATE, bitsPerSecond);
    }

    public void setDtx(boolean on) {
        set(Libopus.SET_DTX, on ? 1 : 0);
    }

    /** @param value 0 to 10 */
    public void setComplexity(int value) {
        set(Libopus.SET_COMPLEXITY, value);
    }

    private void set(int request, int value) {
        block.requireOpen();
        int result = controls.opus_encoder_ctl(state, request, value);
        if (result != Libopus.OK) {
            throw new IllegalArgumentException("opus_encoder_ctl(" + request + ", " + value + "): " + result);
        }
    }

    /** Encodes one packet of samples of {@code from}; its bytes, or libopus' negative error code. */
    public int encode(short[] from, int at, int samples) {
        block.requireOpen();
        pcm.write(0, from, at, samples);
        return Libopus.opus_encode(state, pcm, samples, packet, MAX_PACKET_BYTES);
    }

    /** Copies the packet encoded last. */
    public void read(byte[] to, int bytes) {
        block.requireOpen();
        packet.read(0, to, 0, bytes);
    }

    @Override
    public void close() {
        block.close();
    }
}
