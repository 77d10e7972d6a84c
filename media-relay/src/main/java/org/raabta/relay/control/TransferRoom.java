package org.raabta.relay.control;

import java.util.Locale;

/**
 * What a leg's transfers (photos, recorded messages, single pictures on its control socket) may use of its link beside the call.
 *
 * @param up    from the leg
 * @param down  to the leg
 * @param rttMs round trip of the link, 0 while it is unknown
 */
public record TransferRoom(Way up, Way down, double rttMs) {
    /**
     * @param kbps  link bits a second, headers of TCP, TLS and IP counted
     * @param pause why nothing at all may go out until this is said otherwise, or {@link Pause#NONE}
     */
    public record Way(double kbps, Pause pause) {
        public boolean paused() {
            return pause != Pause.NONE;
        }
    }

    /** Why transfers wait. */
    public enum Pause {
        NONE,
        /** A queue stands on the link, or as much is on its way as may be. */
        QUEUE,
        /** Nothing comes through. */
        SILENT,
        /** The call leaves nothing over. */
        VOICE,
        /** The leg speaks in push-to-talk. */
        FLOOR;

        private final String label = name().toLowerCase(Locale.ROOT);

        /** In messages to pages. */
        public String label() {
            return label;
        }
    }
}
