package org.raabta.relay.control;

import org.jspecify.annotations.Nullable;

/** A media direction: what {@code sender} sends and {@code receiver} receives. */
public record Direction(LegId sender, LegId receiver) {
    /** Written out, as {@link LegId}'s. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Direction that && sender.equals(that.sender) && receiver.equals(that.receiver);
    }

    @Override
    public int hashCode() {
        return 31 * sender.hashCode() + receiver.hashCode();
    }
}
