package org.raabta.relay.call;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;
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

    boolean empty() {
        return payloadLength == 0;
    }

    boolean startsKeyFrame() {
        return vp8 != null && vp8.keyFrame();
    }
}
