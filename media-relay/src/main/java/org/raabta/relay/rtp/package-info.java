/**
 * Views and writers for RTP and RTCP (RFC 3550, 3611, 4585, 5104, 2198, 7741, transport-wide feedback), no state machines of a call.
 * A view borrows its buffer; no parser throws on bytes from the network.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.relay.rtp;
