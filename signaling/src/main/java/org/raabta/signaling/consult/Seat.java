package org.raabta.signaling.consult;

/** Where a room reaches one page: its open socket. Both calls come from the room's loop and return at once. */
public interface Seat {
    void send(Notice notice);

    /** A binary frame; {@code written} runs, on any thread, when the socket has taken it. */
    void frame(byte[] frame, Runnable written);

    /** Closes after everything that was sent before. */
    void close(CloseReason reason);
}
