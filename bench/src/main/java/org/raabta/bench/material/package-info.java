/**
 * What the two people of a bench call say and show: synthesised speech and a drawn face, the same for the same seed.
 * Nothing here is recorded from anybody, so that everything may be shipped; needs espeak-ng for the speech.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.material;
