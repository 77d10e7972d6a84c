/**
 * The result of a bench run: {@code result.json} and the page that shows it, alone or beside other runs.
 * A figure that was not measured is absent, never zero.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.report;
