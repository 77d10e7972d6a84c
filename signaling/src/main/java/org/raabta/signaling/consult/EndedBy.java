package org.raabta.signaling.consult;

import java.util.Locale;

/** Who or what ended a consultation. */
public enum EndedBy {
    DOCTOR,
    CLINIC,
    EXPIRY;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static EndedBy ofLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
