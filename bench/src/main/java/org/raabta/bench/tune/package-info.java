/**
 * Many simulated calls at once: sweeps over profile settings, the search for better ones, and the swarm that looks for
 * calls which break a promise. The same arguments give the same figures, whatever the number of cores.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.tune;
