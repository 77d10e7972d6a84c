/** Tests of the parts of a synthetic browser. */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.sim.model;
