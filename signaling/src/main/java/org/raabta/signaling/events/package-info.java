/**
 * The event log of each consultation: a bounded file of JSON lines, kept for a while and then deleted.
 * Every call returns at once; one thread of its own reads and writes.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.signaling.events;
