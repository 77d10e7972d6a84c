/**
 * The HTTP contract: which request does what, with which credential and which answer.
 * Turns requests into calls on rooms and records, and their results into responses.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.signaling.api;
