package org.raabta.bench.sim.model;

import java.util.Optional;
import org.raabta.relay.control.MediaDescription;
import org.raabta.relay.control.MediaDescription.Audio;
import org.raabta.relay.control.MediaDescription.Extensions;
import org.raabta.relay.control.MediaDescription.Video;

/** What our pages negotiate today, and the numbers that both synthetic browsers use. */
final class Media {
    static final int OPUS = 111;
    static final int RED = 63;
    static final int VP8 = 96;
    static final int RTX = 97;
    static final int STAMP_ID = 3;
    static final int SEND_TIME_ID = 2;
    static final MediaDescription DESCRIPTION = new MediaDescription(
            new Audio(OPUS, RED),
            Optional.of(new Video(VP8, RTX)),
            new Extensions(MediaDescription.NONE, STAMP_ID, SEND_TIME_ID));

    static final int AUDIO_SSRC = 0x1001;
    static final int VIDEO_SSRC = 0x1002;
    static final int RTX_SSRC = 0x1003;

    /** The browser's own least rate of pictures, where it is not told a lower one. */
    static final int VIDEO_LEAST_BPS = 30_000;

    /** What a picture says of itself. */
    static final int WIDTH = 160;

    static final int HEIGHT = 120;

    private Media() {}
}
