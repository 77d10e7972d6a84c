package org.raabta.relay.call;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.rtp.RedPayload;

/**
 * Speech as a receiver is to get it. Borrows {@code buffer} and is valid until the call that hands it over returns.
 *
 * @param sequence     in the numbering of the one who hands it over: a gap is a loss
 * @param payloadIndex absolute index in {@code buffer}
 * @param red          set if the payload is redundant audio and is to stay so
 */
record VoicePacket(
        UplinkStream stream,
        long sequence,
        int timestamp,
        boolean marker,
        ByteBuf buffer,
        int payloadIndex,
        int payloadLength,
        @Nullable RedPayload red) {}
