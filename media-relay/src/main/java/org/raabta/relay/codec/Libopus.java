package org.raabta.relay.codec;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import org.jspecify.annotations.Nullable;

/** The C functions, bound by {@link OpusLibrary#load()}. Negative results are errors (opus_defines.h). */
final class Libopus {
    static final int OK = 0;
    static final int APPLICATION_VOIP = 2048;
    static final int SIGNAL_VOICE = 3001;

    static final int SET_BITRATE = 4002;
    static final int SET_COMPLEXITY = 4010;
    static final int SET_INBAND_FEC = 4012;
    static final int SET_DTX = 4016;
    static final int SET_SIGNAL = 4024;
    static final int RESET_STATE = 4028;

    /** Variadic in C, which some processors pass differently: bound as such. */
    interface Controls extends Library {
        int opus_encoder_ctl(Pointer state, int request, Object... values);

        int opus_decoder_ctl(Pointer state, int request, Object... values);
    }

    private Libopus() {}

    static native String opus_get_version_string();

    static native int opus_encoder_get_size(int channels);

    static native int opus_encoder_init(Pointer state, int rateHz, int channels, int application);

    static native int opus_encode(Pointer state, Pointer pcm, int samples, Pointer packet, int maxBytes);

    static native int opus_decoder_get_size(int channels);

    static native int opus_decoder_init(Pointer state, int rateHz, int channels);

    /** Without a packet: concealment. With {@code fromNext} the packet is the one after what is wanted. */
    static native int opus_decode(
            Pointer state, @Nullable Pointer packet, int bytes, Pointer pcm, int maxSamples, int fromNext);

    static native int opus_packet_get_nb_samples(Pointer packet, int bytes, int rateHz);
}
