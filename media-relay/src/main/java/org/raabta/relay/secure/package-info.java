/**
 * DTLS 1.2 (RFC 6347, 5764) and SRTP (RFC 3711, 7714): who the peer is, and its keys.
 * The only package that may touch BouncyCastle and jitsi-srtp.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.relay.secure;
