/**
 * One consultation, sans-IO: plain RTP and RTCP in and out, time a parameter, no clock, thread, socket or randomness.
 * A set of legs; nothing in here knows the number two.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.relay.call;
