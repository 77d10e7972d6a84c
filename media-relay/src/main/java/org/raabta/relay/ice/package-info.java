/**
 * ICE-lite (RFC 8445), consent (RFC 7675) and the STUN codec; sans-IO, time a parameter.
 * The only package that may touch ice4j.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.relay.ice;
