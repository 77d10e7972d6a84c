/**
 * Opus through libopus: the one package that holds native memory, all of it bounded and closed with its leg.
 * Whatever comes in, errors are counted; a platform without the library is told apart from a broken packet.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.relay.codec;
