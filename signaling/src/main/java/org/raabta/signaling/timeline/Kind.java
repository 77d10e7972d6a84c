package org.raabta.signaling.timeline;

import java.util.Locale;

/** What an entry is. */
public enum Kind {
    EVENT,
    /** A text message. */
    MSG,
    /** The doctor asks for a photo. */
    ASK,
    PHOTO,
    /** The small picture of a photo: kept like an entry, told with its photo only. */
    THUMB,
    /** A recorded message. */
    NOTE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether there is a file. */
    public boolean file() {
        return this == PHOTO || this == THUMB || this == NOTE;
    }

    /** @throws IllegalArgumentException if there is none */
    public static Kind ofLabel(String label) {
        return valueOf(label.toUpperCase(Locale.ROOT));
    }
}
