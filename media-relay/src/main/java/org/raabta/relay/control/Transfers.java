package org.raabta.relay.control;

/**
 * What is under way on a leg's control socket, per way the most urgent of it.
 *
 * @param up   from the leg
 * @param down to the leg
 */
public record Transfers(Transfer up, Transfer down) {
    public static final Transfers NONE = new Transfers(Transfer.NONE, Transfer.NONE);
}
