package org.raabta.relay.codec;

import com.sun.jna.Pointer;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Opus to mono samples at 48 kHz. Results are samples, or libopus' negative error codes. */
final class OpusDecoder implements AutoCloseable {
    static final int RATE_HZ = 48_000;

    /** More than fits a datagram is nobody's packet. */
    static final int MAX_PACKET_BYTES = 1500;

    /** 120 ms: the longest packet (RFC 6716, section 2.1.4), and the longest stretch that is made up at once. */
    static final int MAX_SAMPLES = RATE_HZ / 1000 * 120;

    /** libopus makes up sound in steps of 2.5 ms. */
    static final int STEP_SAMPLES = RATE_HZ / 400;

    private final NativeBlock block;
    private final Libopus.Controls controls;
    private final Pointer state;
    private final Pointer packet;
    private final Pointer pcm;
    private final byte[] copy = new byte[MAX_PACKET_BYTES];

    OpusDecoder(NativeBlock block, Libopus.Controls controls) {
        this.block = block;
        this.controls = controls;
        int stateBytes = stateSize();
        state = block.at(0, stateBytes);
        packet = block.at(stateBytes, MAX_PACKET_BYTES);
        pcm = block.at(stateBytes + aligned(MAX_PACKET_BYTES), MAX_SAMPLES * Short.BYTES);
        int result = Libopus.opus_decoder_init(state, RATE_HZ, 1);
        if (result != Libopus.OK) {
            block.close();
            throw new IllegalStateException("opus_decoder_init: " + result);
        }
    }

    static int nativeSize() {
        return stateSize() + aligned(MAX_PACKET_BYTES) + MAX_SAMPLES * Short.BYTES;
    }

    private static int stateSize() {
        return aligned(Libopus.opus_decoder_get_size(1));
    }

    /** Up to the next multiple of 16: what C aligns to at most. */
    static int aligned(int bytes) {
        return (bytes + 15) & ~15;
    }

    /** Takes {@code length} bytes at absolute {@code index}, at most {@link #MAX_PACKET_BYTES}; says how long they sound. */
    int take(ByteBuf from, int index, int length) {
        block.requireOpen();
        from.getBytes(index, copy, 0, length);
        packet.write(0, copy, 0, length);
        return Libopus.opus_packet_get_nb_samples(packet, length, RATE_HZ);
    }

    /** Decodes the packet taken last. */
    int decode(int length) {
        return run(packet, length, MAX_SAMPLES, 0);
    }

    /** Makes up the {@code samples} before the packet taken last, out of its redundancy where it has any (RFC 6716, section 2.1.7). */
    int decodeBefore(int length, int samples) {
        return run(packet, length, samples, 1);
    }

    /** Makes up {@code samples} that nothing is known of. */
    int conceal(int samples) {
        return run(null, 0, samples, 0);
    }

    private int run(@Nullable Pointer data, int length, int samples, int fromNext) {
        block.requireOpen();
        return Libopus.opus_decode(state, data, length, pcm, samples, fromNext);
    }

    /** Copies what the last call made. */
    void read(short[] to, int at, int samples) {
        block.requireOpen();
        pcm.read(0, to, at, samples);
    }

    /** Forgets everything heard. */
    void reset() {
        block.requireOpen();
        controls.opus_decoder_ctl(state, Libopus.RESET_STATE);
    }

    @Override
    public void close() {
        block.close();
    }
}
