package org.raabta.relay.control;

import org.raabta.adapter.profile.Profile;

/** A relay: the embedded one, or later a node of its own. */
public interface RelayControl {
    /** Fingerprint of the certificate that this relay shows to every client. */
    Fingerprint fingerprint();

    /** Names this life of the relay process; another one after a restart, which has forgotten every key. */
    String run();

    /**
     * Makes a call on the ladder of {@code profile}; its loop follows from {@code id}.
     *
     * @param profile the ladder it stands on, for its whole life
     * @throws IllegalStateException if a call of this id is live
     */
    CallControl create(CallId id, Profile profile, CallEvents events);

    /** Where a call of this id would live, made or not. */
    MediaAddress addressOf(CallId id);
}
