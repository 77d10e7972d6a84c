package org.raabta.relay.control;

/**
 * A consultation on a relay. The loop (and so the UDP port) it lives on follows from this id alone, so that a page may
 * use the address it was told on its last visit.
 *
 * @param value the consultation's number, never negative
 */
public record CallId(long value) {
    @Override
    public String toString() {
        return Long.toUnsignedString(value, 36);
    }
}
