package org.raabta.relay.call;

import org.jspecify.annotations.Nullable;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.rtp.RtpClock;

/** What a stream carries. All media is bundled, so the payload type tells (RFC 9143, section 9.2). */
enum StreamKind {
    AUDIO(RtpClock.AUDIO),
    VIDEO(RtpClock.VIDEO),
    /** Retransmitted video (RFC 4588). */
    RTX(RtpClock.VIDEO);

    private final RtpClock clock;

    StreamKind(RtpClock clock) {
        this.clock = clock;
    }

    RtpClock clock() {
        return clock;
    }

    /** The kind of {@code payloadType}, or null if it was not negotiated. */
    static @Nullable StreamKind of(MediaDescription media, int payloadType) {
        if (payloadType == media.audio().opus() || payloadType == media.audio().red()) {
            return AUDIO;
        }
        MediaDescription.Video video = media.video().orElse(null);
        if (video == null) {
            return null;
        }
        if (payloadType == video.vp8()) {
            return VIDEO;
        }
        return payloadType == video.rtx() ? RTX : null;
    }
}
