package org.raabta.adapter;

/**
 * What one media direction is to carry from now on.
 *
 * @param decision      the rung and why: told to people
 * @param audio         how speech is to be sent; of no use on rungs without live voice
 * @param video         how pictures are to be sent, {@link VideoPlan#OFF} on rungs without
 * @param still         how single pictures are to be sent, {@link StillPlan#OFF} on rungs without
 * @param nextNeedsKbps what the link must prove for the next better rung; 0 on the best one that is wanted
 */
public record Plan(Decision decision, AudioPlan audio, VideoPlan video, StillPlan still, double nextNeedsKbps) {
    /** Without single pictures. */
    public Plan(Decision decision, AudioPlan audio, VideoPlan video, double nextNeedsKbps) {
        this(decision, audio, video, StillPlan.OFF, nextNeedsKbps);
    }
}
