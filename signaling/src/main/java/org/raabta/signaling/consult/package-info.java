/**
 * A consultation: its state machine (sans-IO) and the room that drives it on one loop.
 * Sockets, HTTP calls and relay events only submit to the room.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.signaling.consult;
