package org.raabta.relay.control;

import java.util.Optional;

/**
 * What was negotiated with one leg, whichever way (compact or SDP). Payload types are the far end's own numbers and
 * hold in both directions; all media is bundled (RFC 9143), so they are unique across kinds.
 *
 * @param audio      Opus at 48 kHz, always there
 * @param video      VP8, where the far end has it
 * @param extensions header extension ids (RFC 8285, one-byte form)
 */
public record MediaDescription(Audio audio, Optional<Video> video, Extensions extensions) {
    /** An id or payload type that was not negotiated. */
    public static final int NONE = -1;

    /**
     * @param opus payload type of {@code opus/48000/2}
     * @param red  payload type of {@code red/48000/2} (RFC 2198), or {@link #NONE}
     */
    public record Audio(int opus, int red) {}

    /**
     * @param vp8 payload type of {@code VP8/90000}
     * @param rtx payload type of its retransmissions (RFC 4588), or {@link #NONE}
     */
    public record Video(int vp8, int rtx) {}

    /**
     * @param mid         {@code urn:ietf:params:rtp-hdrext:sdes:mid}, or {@link #NONE}
     * @param transportCc the transport-wide sequence number, or {@link #NONE}
     * @param sendTime    {@code abs-send-time}, or {@link #NONE}
     */
    public record Extensions(int mid, int transportCc, int sendTime) {
        /** Of a far end that does not say when its packets left. */
        public Extensions(int mid, int transportCc) {
            this(mid, transportCc, NONE);
        }
    }

    /** The far end's media, in the order of its SDP: audio is mid "0" and video is mid "1" on our own pages. */
    public Optional<Integer> rtxPayloadType() {
        return video.map(Video::rtx).filter(rtx -> rtx != NONE);
    }
}
