/**
 * Sockets, event loops, timers: the only place that meets both threads and call state.
 * Decrypts and encrypts; one UDP port per loop, one loop per call.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.relay.net;
