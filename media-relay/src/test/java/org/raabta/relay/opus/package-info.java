/** Tests of the Opus packet structure. */
@org.jspecify.annotations.NullMarked
package org.raabta.relay.opus;
