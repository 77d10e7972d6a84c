package org.raabta.adapter;

/** Chooses the rung of one media direction. A pure function of its arguments. */
public final class Ladder {
    private Ladder() {}

    /** The best rung that the people's wishes allow; a pinned rung is a ceiling, not an order to send what is not there. */
    public static Decision decide(Wishes wishes) {
        if (wishes.pinned().isPresent() && !wishes.pinned().get().carriesVideo()) {
            return new Decision(wishes.pinned().get(), Reason.PINNED);
        }
        if (wishes.receiverVoiceOnly()) {
            return new Decision(Rung.VOICE, Reason.VOICE_ONLY_CHOSEN);
        }
        if (!wishes.senderHasCamera()) {
            return new Decision(Rung.VOICE, Reason.CAMERA_OFF);
        }
        return wishes.pinned()
                .map(rung -> new Decision(rung, Reason.PINNED))
                .orElseGet(() -> new Decision(Rung.VIDEO, Reason.UNCONSTRAINED));
    }
}
