/**
 * Standard negotiation: reads an SDP offer, writes the answer (RFC 9429, RFC 9725).
 * Pure functions over text; any input gives a value or an SdpException with a reason.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.signaling.sdp;
