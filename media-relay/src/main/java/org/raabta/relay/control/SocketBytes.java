package org.raabta.relay.control;

/**
 * What a leg's control socket has moved over its link since the last report, as the link sees it: TCP, TLS and IP counted,
 * acknowledgements in the other way too, which nobody here sees and everybody can reckon.
 *
 * @param up   bytes from the leg
 * @param down bytes to the leg
 * @param heard whether the leg was heard: something of it was read, and not only reckoned
 */
public record SocketBytes(int up, int down, boolean heard) {
    public SocketBytes {
        if (up < 0 || down < 0) {
            throw new IllegalArgumentException("a socket moves no negative bytes: " + up + ", " + down);
        }
    }
}
