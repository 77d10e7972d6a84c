/**
 * The bench's clients meet the server only through its public HTTP calls: joining and leaving a leg, and what a clinic
 * may ask.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.legs;
