/** The bots against each other and their tone meter against known sound. */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.bot;
