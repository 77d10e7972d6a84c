/** Tests of whole simulated runs. */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.sim;
