/** Tests of sweeps, searches and swarms. */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.tune;
