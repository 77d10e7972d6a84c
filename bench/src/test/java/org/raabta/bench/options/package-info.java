/** Tests of the command line's reader. */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.options;
