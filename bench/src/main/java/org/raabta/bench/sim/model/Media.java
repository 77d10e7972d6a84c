package org.raabta.bench.sim.model;

import java.util.Optional;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.MediaDescription.Audio;
import org.raabta.relay.control.MediaDescription.Extensions;
import org.raabta.relay.control.MediaDescription.Video;

/** What our pages negotiate today, and the numbers that both synthetic browsers use. */
final class Media {
    static final int OPUS = 111;
    static final int VP8 = 96;
    static final int RTX = 97;
    static final int STAMP_ID = 3;
    static final MediaDescription DESCRIPTION = new MediaDescription(
            new Audio(OPUS, MediaDescription.NONE),
            Optional.of(new Video(VP8, RTX)),
            new Extensions(MediaDescription.NONE, STAMP_ID));

    static final int AUDIO_SSRC = 0x1001;
    static final int VIDEO_SSRC = 0x1002;
    static final int RTX_SSRC = 0x1003;

    /** Opus as the pages configure it. */
    static final int AUDIO_BPS = 24_000;

    static final int PACKET_MS = 20;
    static final int VIDEO_MOST_BPS = 500_000;
    static final int VIDEO_LEAST_BPS = 30_000;

    /** What the browser takes a voice packet's headers for when it shares out its estimate: 48 bytes, 50 times a second. */
    static final int AUDIO_WITH_HEADERS_BPS = AUDIO_BPS + 48 * 8 * 1000 / PACKET_MS;

    private Media() {}
}
