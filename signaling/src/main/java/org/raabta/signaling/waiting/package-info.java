/** Who waits for the clinic's doctors, in which order. Knows no rooms: they tell it who comes and goes, and are told their places. */
@org.jspecify.annotations.NullMarked
package org.raabta.signaling.waiting;
