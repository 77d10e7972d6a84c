/**
 * What can this link carry, and which rung of the ladder is that?
 * Pure: JDK only, no I/O, no clock, no threads; time and randomness are parameters.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.adapter;
