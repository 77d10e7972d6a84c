/**
 * Which rung each media direction stands on, how its speech and pictures are sent, and why: audio first, down at once, up when
 * proven. Pure: the same estimates, wishes and times give the same plans.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.adapter.ladder;
