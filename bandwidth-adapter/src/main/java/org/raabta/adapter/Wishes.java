package org.raabta.adapter;

import java.util.Optional;

/**
 * What the people of one media direction ask for, whatever the link could carry.
 *
 * @param senderHasCamera   the sender's camera is on
 * @param receiverVoiceOnly the receiver (or its consultation) chose to do without pictures
 * @param pinned            the rung a doctor pinned for this direction, if any
 */
public record Wishes(boolean senderHasCamera, boolean receiverVoiceOnly, Optional<Rung> pinned) {
    /** No camera, nothing refused, nothing pinned: what a direction starts with. */
    public static final Wishes NONE = new Wishes(false, false, Optional.empty());
}
