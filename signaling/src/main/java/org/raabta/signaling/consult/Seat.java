package org.raabta.signaling.consult;

/** Where a room reaches one page: its open socket. Both calls come from the room's loop and return at once. */
public interface Seat {
    void send(Notice notice);

    /** Closes after everything that was sent before. */
    void close(CloseReason reason);
}
