/**
 * What a command was asked for on its command line: read once, in one way, with messages for whoever wrote it.
 * Relative paths mean the folder of the caller, wherever the launcher went.
 */
@NullMarked
package org.raabta.bench.options;

import org.jspecify.annotations.NullMarked;
