package org.raabta.signaling.http;

import java.time.Duration;

/**
 * @param bodyBytes             the largest request body
 * @param formBytes             the largest body of a form that brings a file
 * @param connectionsPerAddress open connections of one address
 * @param requestTimeout        a connection that completes no request for so long is closed
 */
public record HttpLimits(int bodyBytes, int formBytes, int connectionsPerAddress, Duration requestTimeout) {
    /** Request line; our longest address has a token and an instance. */
    static final int LINE_BYTES = 2048;

    static final int HEADER_BYTES = 16 * 1024;
    /** Whole message after inflating (docs/protocol.md). */
    public static final int SOCKET_MESSAGE_BYTES = 8 * 1024;

    static final int STREAMS = 32;
    /** Forms with files that come at once: each is in memory until it is whole. */
    static final int FORMS = 16;
    /** Requests of one connection that may wait for the one before (HTTP/1.1 pipelining). */
    static final int PIPELINED = 8;
}
