/**
 * ICE-lite (RFC 8445), consent (RFC 7675) and the STUN codec (RFC 8489); sans-IO, time a parameter.
 * No bytes from the network make anything in here throw.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.relay.ice;
