package org.raabta.adapter;

import java.util.Optional;

/**
 * What the people of one media direction ask for and their browsers can do, whatever the link could carry.
 *
 * @param senderHasCamera   the sender's camera is on
 * @param receiverVoiceOnly the receiver (or its consultation) chose to do without pictures
 * @param pinned            the rung a doctor pinned for this direction, if any
 * @param copies            both ends know packets that carry the one before once more (RED, RFC 2198)
 */
public record Wishes(boolean senderHasCamera, boolean receiverVoiceOnly, Optional<Rung> pinned, boolean copies) {
    /** Of two ends that know copies. */
    public Wishes(boolean senderHasCamera, boolean receiverVoiceOnly, Optional<Rung> pinned) {
        this(senderHasCamera, receiverVoiceOnly, pinned, true);
    }

    /** No camera, nothing refused, nothing pinned: what a direction starts with. */
    public static final Wishes NONE = new Wishes(false, false, Optional.empty());
}
