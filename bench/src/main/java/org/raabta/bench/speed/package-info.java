/**
 * How fast the code is that runs for every packet, by JMH. Figures to look at, not a gate: they belong to the machine
 * that made them.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.speed;
