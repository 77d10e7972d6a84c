package org.raabta.relay.call;

import java.util.Locale;

/** Why a packet was not passed on. One counter each; a packet for several receivers is counted for each of them. */
enum Drop {
    /** From or for a leg that is not (any more) in the call. */
    UNKNOWN_LEG,
    /** Bytes that cannot be RTP. */
    NOT_RTP,
    /** A datagram whose RTCP framing is broken. */
    NOT_RTCP,
    /** One RTCP packet in a sound datagram whose body is wrong. */
    MALFORMED_RTCP,
    /** The leg's media is not negotiated yet. */
    NO_MEDIA,
    /** A payload type that was not negotiated. */
    UNKNOWN_PAYLOAD_TYPE,
    /** More SSRCs at once than a leg may have. */
    TOO_MANY_STREAMS,
    /** Of a stream that a newer one of the same leg has replaced. */
    SUPERSEDED_STREAM,
    /** Seen before: also retransmissions that were not needed, and padding probes made of old packets. */
    DUPLICATE,
    /** Older than anything we could still place at the receiver. */
    TOO_LATE,
    /** No payload: padding probes. */
    PADDING_ONLY,
    MALFORMED_RED,
    MALFORMED_VP8,
    MALFORMED_RTX,
    /** The doctor has not admitted yet. */
    NOT_ADMITTED,
    /** The receiver has no transport at the moment. */
    RECEIVER_NOT_CONNECTED,
    /** The receiver's media is not negotiated, or has no video. */
    RECEIVER_WITHOUT_MEDIA,
    /** The direction's rung does not carry it. */
    NOT_ON_RUNG,
    /** Only one may speak at a time, and it is somebody else's turn. */
    NO_FLOOR,
    /** A video stream starts, or starts again, at a key frame only. */
    AWAITING_KEY_FRAME,
    /** A receiver asked for a packet that is not in the history (any more). */
    NACK_UNKNOWN,
    /** A receiver asked too often, or again within one round trip. */
    NACK_REFUSED,
    /** A receiver asked over a round trip so long that the packet would come too late to be shown. */
    NACK_TOO_SLOW,
    /** Speech that waited out a stall of the sender's link and would be played late. */
    STALE_AUDIO,
    /** Pictures that do not fit into the receiver's share for them. */
    PACER_FULL,
    /** Speech that is coded anew: longer than a datagram. */
    TRANSCODER_OVERSIZED,
    /** Not Opus: heard as lost. */
    TRANSCODER_MALFORMED,
    TRANSCODER_LATE,
    /** Lost before it came, and made up. */
    TRANSCODER_CONCEALED,
    /** Lost before it came for longer than may be made up. */
    TRANSCODER_GAP,
    /** The sender's clock or numbers jumped. */
    TRANSCODER_RESTARTED,
    TRANSCODER_NOT_ENCODED,
    /** As many transcoders run as may: this direction goes on with longer packets only. */
    TRANSCODERS_FULL;

    /** The public name, in snapshots and metrics. */
    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
