/**
 * The bench: its main class and commands.
 * May import everything below it; nothing imports it.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.bench;
