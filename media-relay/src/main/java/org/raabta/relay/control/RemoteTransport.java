package org.raabta.relay.control;

/**
 * What the far end signaled about its transport. Keys from DTLS stay inert until this has arrived and matches.
 *
 * @param ufrag             the far end's ICE user name fragment
 * @param password          the far end's ICE password; our own checks towards it are keyed with this
 * @param sha256Fingerprint SHA-256 of its certificate (RFC 8122), 32 bytes
 */
public record RemoteTransport(String ufrag, String password, Fingerprint sha256Fingerprint) {}
