/**
 * A consultation in virtual time: the production call core between two synthetic browsers over the link model.
 * No clock, thread or file here, and everything random comes from one seed.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.sim.model;
