/** Tests of the link model against its own settings, in virtual time. */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.emulator;
