/** Tests of what a live run does without browsers: options, certificates, recordings, figures from events. */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.live;
