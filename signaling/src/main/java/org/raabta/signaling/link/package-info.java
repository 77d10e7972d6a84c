/**
 * Links: the tokens in them and the ICE credentials derived from them (docs/protocol.md).
 * Pure functions of bytes and keys; knows no storage and no clock.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.signaling.link;
