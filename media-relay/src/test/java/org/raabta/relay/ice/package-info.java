/** Tests of STUN and ICE-lite, and a STUN client for the other tests. */
@org.jspecify.annotations.NullMarked
package org.raabta.relay.ice;
