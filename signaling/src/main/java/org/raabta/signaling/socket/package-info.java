/**
 * The control socket: messages in and out as typed values, and one class per open socket.
 * What a page sends is parsed strictly; what is refused is answered and changes nothing.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.signaling.socket;
