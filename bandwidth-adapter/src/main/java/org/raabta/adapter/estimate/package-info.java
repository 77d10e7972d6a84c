/**
 * What does one direction of one link carry, in link bits?
 * One file per stage; CapacityEstimator draws how they are joined. Time is a parameter, nothing throws on bad input.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.adapter.estimate;
