/** Link files: those that ship, and those that are wrong. */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.link;
