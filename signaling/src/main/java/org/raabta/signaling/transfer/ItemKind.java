package org.raabta.signaling.transfer;

import java.util.Locale;
import java.util.Optional;

/** What is transferred, most urgent first: after the voice itself what stands for it, then what was asked for, then live stills. */
public enum ItemKind {
    /** The small picture of a photo. */
    THUMB,
    /** Recorded voice. */
    NOTE,
    PHOTO,
    /** A picture of a live camera; never stored. */
    STILL;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public boolean picture() {
        return this != NOTE;
    }

    public static Optional<ItemKind> ofLabel(String label) {
        for (ItemKind kind : values()) {
            if (kind.label().equals(label)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
