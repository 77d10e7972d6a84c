package org.raabta.relay;

import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Where the relay listens and who it is.
 *
 * @param advertisedHost IP address that clients are told
 * @param bindHost       IP address that sockets are bound to
 * @param udpPort        port of loop 0; loop <i>i</i> uses {@code udpPort + i}
 * @param loops          event loops, 1 to 64
 * @param tcpPort        port that clients are told for ICE-TCP, if the server hands such connections to the relay
 * @param identity       file of the DTLS certificate and key (PEM), made there if missing: pages keep its fingerprint between visits
 */
public record RelaySettings(
        String advertisedHost, String bindHost, int udpPort, int loops, OptionalInt tcpPort, Path identity) {}
