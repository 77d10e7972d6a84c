package org.raabta.relay.control;

import org.jspecify.annotations.Nullable;

/**
 * One connection of one person to one consultation; a reloaded page is a new leg. Unique on a relay node.
 *
 * @param value at most 32 printable characters, fit for logs
 */
public record LegId(String value) {
    public LegId {
        if (value.isEmpty() || value.length() > 32) {
            throw new IllegalArgumentException("a leg id has 1 to 32 characters");
        }
    }

    /** Written out, as every packet looks its leg up: generated ones go through method handles. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LegId that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return value;
    }
}
