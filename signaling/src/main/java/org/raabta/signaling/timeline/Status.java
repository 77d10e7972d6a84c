package org.raabta.signaling.timeline;

import java.util.Locale;

/** How far an entry has come. */
public enum Status {
    /** Of events. */
    NONE,
    /** A file that is being uploaded. */
    COMING,
    /** The server keeps it. */
    SENT,
    /** The other side has it. */
    DELIVERED,
    SEEN,
    /** A request that was answered by a photo. */
    ANSWERED,
    /** A file that was not taken. */
    REFUSED,
    /** Given up, or its time is over. */
    GONE;

    public String label() {
        return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
    }

    /** Whether the bytes of a file are there. */
    public boolean kept() {
        return this == SENT || this == DELIVERED || this == SEEN;
    }

    /** @throws IllegalArgumentException if there is none */
    public static Status ofLabel(String label) {
        return label.isEmpty() ? NONE : valueOf(label.toUpperCase(Locale.ROOT));
    }
}
