/**
 * Many simple standard clients in one process, sharing one clock: what a relay adds and costs, measured from outside.
 * They speak ICE, DTLS-SRTP and RTP and carry numbers instead of sound.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.load;
