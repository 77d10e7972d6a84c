package org.raabta.relay.control;

import java.util.OptionalInt;

/**
 * Where clients send media.
 *
 * @param host    IP address that clients are told
 * @param udpPort the port of the call's loop
 * @param tcpPort ICE-TCP passive (RFC 6544), where the server offers it
 */
public record MediaAddress(String host, int udpPort, OptionalInt tcpPort) {}
