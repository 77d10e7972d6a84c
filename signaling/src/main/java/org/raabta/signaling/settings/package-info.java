/**
 * One file, one reader, typed records: what an operator can turn.
 * An unknown or wrong key is refused by name; nothing else reads a configuration.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.signaling.settings;
