package org.raabta.relay.control;

/**
 * What a leg's transfers (photos, recorded messages, single pictures on its control socket) may use of its link beside the call.
 *
 * @param up   from the leg
 * @param down to the leg
 */
public record TransferRoom(Way up, Way down) {
    /**
     * @param kbps   link bits a second, headers of TCP, TLS and IP counted
     * @param paused nothing may go out at all until this is said otherwise: a queue stands, or nobody answers
     */
    public record Way(double kbps, boolean paused) {}
}
