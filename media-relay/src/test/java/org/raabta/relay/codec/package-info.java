/** Tests of the codec with real Opus. */
@org.jspecify.annotations.NullMarked
package org.raabta.relay.codec;
