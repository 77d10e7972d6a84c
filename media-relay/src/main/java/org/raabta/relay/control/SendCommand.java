package org.raabta.relay.control;

import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.StillPlan;
import org.raabta.adapter.VideoPlan;

/**
 * What a leg's page is to do from now on; a later command replaces an earlier one whole.
 *
 * @param audio          how to send speech
 * @param speech         whether to send it at all: not where only recorded messages go, or while somebody else has the floor
 * @param video          how to send pictures, {@link VideoPlan#OFF} for none
 * @param still          what single pictures on the control socket may cost, {@link StillPlan#OFF} for none
 * @param transportCc    whether transport-wide feedback is used, in both directions
 * @param jitterTargetMs the jitter buffer's target for what the page receives; 0 leaves it to the browser
 * @param statsSeconds   how often the page reports what it received; 0 is never
 * @param anew           whether the browser's own estimate is to begin anew at what is commanded
 */
public record SendCommand(
        AudioPlan audio,
        boolean speech,
        VideoPlan video,
        StillPlan still,
        boolean transportCc,
        int jitterTargetMs,
        int statsSeconds,
        boolean anew) {
    public SendCommand(
            AudioPlan audio,
            boolean speech,
            VideoPlan video,
            StillPlan still,
            boolean transportCc,
            int jitterTargetMs,
            int statsSeconds) {
        this(audio, speech, video, still, transportCc, jitterTargetMs, statsSeconds, false);
    }

    /** Live speech, no single pictures. */
    public SendCommand(AudioPlan audio, VideoPlan video, boolean transportCc, int jitterTargetMs, int statsSeconds) {
        this(audio, true, video, StillPlan.OFF, transportCc, jitterTargetMs, statsSeconds);
    }

    /** The same, to a browser whose own estimate has stayed behind. */
    public SendCommand begunAnew() {
        return new SendCommand(audio, speech, video, still, transportCc, jitterTargetMs, statsSeconds, true);
    }
}
