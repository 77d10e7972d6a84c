package org.raabta.signaling.consult;

import java.time.Instant;

/** When the state machine next has something to do by itself, and what. */
public record Deadline(Instant at, Cause cause) {
    /** What is due. */
    public enum Cause {
        /** The links' time is over. */
        EXPIRY,
        /** A patient without socket and media stops counting as waiting. */
        NOT_HERE,
        /** A leg that is away is given up. */
        FORGET,
        /** A page that is ready should have signaled its transport. */
        OFFER_DUE
    }
}
