package org.raabta.relay.call;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.opus.OpusPacket;
import org.raabta.relay.rtp.RedPayload;
import org.raabta.relay.rtp.Vp8Descriptor;

/**
 * One packet of a sender as its receivers' forwarders see it: checked, retransmissions unwrapped. Borrows
 * {@code buffer} and is valid while that is.
 *
 * @param sequence     unwrapped, of the original packet
 * @param payloadIndex absolute index in {@code buffer}
 * @param payloadLength zero if there is nothing to forward: then receivers' numbering closes over the packet
 * @param red          set if the payload is redundant audio
 * @param vp8          set if it is video
 */
record MediaPacket(
        UplinkStream stream,
        long sequence,
        int timestamp,
        boolean marker,
        ByteBuf buffer,
        int payloadIndex,
        int payloadLength,
        @Nullable RedPayload red,
        @Nullable Vp8Descriptor vp8) {

    /** Length of the speech in it, in ticks of 48 kHz; 0 if it is not sound Opus. */
    int speechTicks() {
        int index = red == null ? payloadIndex : red.primaryIndex();
        int length = red == null ? payloadLength : red.primaryLength();
        OpusPacket opus = length == 0 ? null : OpusPacket.tryParse(buffer, index, length);
        return opus == null ? 0 : opus.ticks();
    }

    boolean empty() {
        return payloadLength == 0;
    }

    boolean startsKeyFrame() {
        return vp8 != null && vp8.keyFrame();
    }
}
