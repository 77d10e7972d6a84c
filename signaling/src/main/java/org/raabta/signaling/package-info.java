/**
 * The server: its main class, what it starts and in which order it stops.
 * Everything else in this module is reached from here.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.signaling;
