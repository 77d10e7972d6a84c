package org.raabta.signaling.consult;

import java.util.Locale;

/** The states of a consultation in the public contract. */
public enum ConsultState {
    /** Nobody waits. */
    CREATED,
    /** A patient waits to be let in. */
    WAITING,
    /** Admitted, and a patient and a doctor are wholly here. */
    CALL,
    /** Admitted, somebody's media or page is away. */
    RECONNECTING,
    ENDED,
    EXPIRED;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean over() {
        return this == ENDED || this == EXPIRED;
    }

    /** Whether the doctor has let the patient in, and it goes on. */
    public boolean admitted() {
        return this == CALL || this == RECONNECTING;
    }
}
