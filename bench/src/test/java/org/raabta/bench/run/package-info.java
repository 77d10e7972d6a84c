/** Tests of what every run has in common. */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.run;
