/**
 * What signaling says to a relay and hears from it: values and two interfaces, no sockets, no buffers.
 * The same calls will drive a remote relay node; nothing here may assume one process.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.relay.control;
