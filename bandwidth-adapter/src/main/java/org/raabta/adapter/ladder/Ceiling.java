package org.raabta.adapter.ladder;

import java.util.List;
import org.raabta.adapter.Reason;
import org.raabta.adapter.Rung;
import org.raabta.adapter.Wishes;

/**
 * The best rung that people and profile want, whatever the link could carry.
 *
 * @param rung   the best one
 * @param reason why no better
 */
record Ceiling(Rung rung, Reason reason) {

    /** The lowest of all ceilings; of equal ones the first, which is the more personal. */
    static Ceiling of(List<Rung> allowed, Wishes wishes, Thrift thrift) {
        Ceiling ceiling = allowed.get(0) == Rung.VIDEO
                ? new Ceiling(Rung.VIDEO, Reason.UNCONSTRAINED)
                : new Ceiling(allowed.get(0), Reason.PROFILE_CEILING);
        if (thrift.batteryLow()) {
            ceiling = ceiling.under(Rung.LOW_VIDEO, Reason.BATTERY_LOW);
        }
        if (!wishes.senderHasCamera()) {
            ceiling = ceiling.under(Rung.VOICE, Reason.CAMERA_OFF);
        }
        if (wishes.receiverVoiceOnly()) {
            ceiling = ceiling.under(Rung.VOICE, Reason.VOICE_ONLY_CHOSEN);
        }
        if (wishes.pinned().isPresent()) {
            ceiling = ceiling.under(wishes.pinned().get(), Reason.PINNED);
        }
        return ceiling.within(allowed);
    }

    private Ceiling under(Rung limit, Reason why) {
        boolean same = limit == rung && (why == Reason.VOICE_ONLY_CHOSEN || why == Reason.PINNED);
        return limit.compareTo(rung) > 0 || same ? new Ceiling(limit, why) : this;
    }

    /** The next lower rung that is used at all. A doctor may pin one without live voice, even where it is never chosen. */
    private Ceiling within(List<Rung> allowed) {
        if (rung.compareTo(Rung.PUSH_TO_TALK) >= 0) {
            return this;
        }
        for (Rung candidate : allowed) {
            if (candidate.compareTo(rung) >= 0) {
                return new Ceiling(candidate, reason);
            }
        }
        throw new IllegalStateException("a profile always allows thin-voice");
    }
}
