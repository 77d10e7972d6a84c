/**
 * {@code bench sim}: reads what is asked for, runs it in virtual time, writes result and report.
 * The only clock here times the run itself and reaches no figure of it.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.sim;
