package org.raabta.relay.control;

/**
 * What a leg's control socket has moved over its link since the last report, as the link sees it: TCP, TLS and IP counted,
 * acknowledgements in the other way too.
 *
 * @param up   bytes from the leg
 * @param down bytes to the leg
 */
public record SocketBytes(int up, int down) {
    public SocketBytes {
        if (up < 0 || down < 0) {
            throw new IllegalArgumentException("a socket moves no negative bytes: " + up + ", " + down);
        }
    }
}
