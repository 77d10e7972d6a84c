package org.raabta.relay.call;

import org.raabta.adapter.AudioPlan;

/** Whether one direction's speech has to be coded anew: only where longer packets alone stay above the plan for a while. */
final class TranscodingNeed {
    private static final double TOO_MUCH = 1.15;
    private static final long PATIENCE_NANOS = 1_500_000_000L;
    private static final long RELEASE_NANOS = 5_000_000_000L;

    private boolean needed;

    /** Whether what was seen last speaks against {@link #needed}, and since when. */
    private boolean contrary;

    private long contraryNanos;

    /**
     * @param beyondCommand whether the sender cannot be told, does not do as told, or is told something else for another
     *                      receiver; one that has been told is waited for
     */
    boolean update(AudioPlan plan, boolean beyondCommand, CodecRate rate, long nowNanos) {
        boolean tooMuch = rate.bitsPerSecond() > 0 && joined(plan, rate) > TOO_MUCH * plan.wireKbps();
        boolean wanted = tooMuch && (beyondCommand || needed);
        if (wanted == needed) {
            contrary = false;
            return needed;
        }
        if (!contrary) {
            contrary = true;
            contraryNanos = nowNanos;
        }
        if (nowNanos - contraryNanos >= (needed ? RELEASE_NANOS : PATIENCE_NANOS)) {
            needed = wanted;
            contrary = false;
        }
        return needed;
    }

    /** What the direction costs when packets are only joined. */
    private static double joined(AudioPlan plan, CodecRate rate) {
        int packetMs = Math.max(plan.packetMs(), rate.packetMs());
        return new AudioPlan(rate.bitsPerSecond(), packetMs, plan.red(), plan.dtx()).wireKbps();
    }
}
