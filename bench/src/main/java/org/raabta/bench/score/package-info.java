/**
 * What each side really heard and saw, as figures: pure functions over recordings, counters and event lists.
 * All times are milliseconds on one clock, that of the run; no clock, file or thread in here.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.score;
