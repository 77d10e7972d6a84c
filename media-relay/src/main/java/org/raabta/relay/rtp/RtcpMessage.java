package org.raabta.relay.rtp;

import io.netty.buffer.ByteBuf;

/** One RTCP packet as a value: what we understand of what arrives, and everything that we send. */
public sealed interface RtcpMessage
        permits SenderReport,
                ReceiverReport,
                SourceDescription,
                Goodbye,
                Nack,
                PictureLossIndication,
                FullIntraRequest,
                ReceiverEstimate,
                TransportFeedback {
    /** Bytes on the wire, its own header included; a multiple of four. */
    int length();

    /** Appends exactly {@link #length()} bytes. */
    void writeTo(ByteBuf out);
}
