/**
 * The outside of Opus packets (RFC 6716, section 3): what they hold and how long it plays, joined and split without decoding.
 * Pure: no codec, no clock, no sockets; no parser throws on bytes from the network.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.relay.opus;
