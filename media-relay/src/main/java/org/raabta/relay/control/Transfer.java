package org.raabta.relay.control;

/** What may be under way beside a call, least urgent first. */
public enum Transfer {
    NONE,
    /** A single picture of the camera, on the rung for that: it lives from the plan's own still budget. */
    STILL,
    /** A recorded message. */
    MESSAGE,
    /** A photo that somebody asked for: moving and single pictures give way to it. */
    PHOTO;

    /** Whether it wants more than the still budget: speech stays modest then and leaves it the rest. */
    public boolean wantsRest() {
        return compareTo(MESSAGE) >= 0;
    }
}
