package org.raabta.relay.control;

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

    @Override
    public String toString() {
        return value;
    }
}
