/** The bench's commands, and the walls between all modules. */
@org.jspecify.annotations.NullMarked
package org.raabta.bench;
