package org.raabta.relay.control;

import java.util.Locale;

/** What somebody is in a consultation. */
public enum Role {
    PATIENT,
    DOCTOR,
    GUEST;

    /** The public name: in the HTTP contract, on the control socket and in directions ({@code patient>doctor}). */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
