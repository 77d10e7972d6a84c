/**
 * What every run of the bench has in common: which programs it was made with, and that it ends well on a signal.
 * Knows nothing of what runs.
 */
@NullMarked
package org.raabta.bench.run;

import org.jspecify.annotations.NullMarked;
