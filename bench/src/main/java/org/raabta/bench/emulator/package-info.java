/**
 * The link model, sans-IO: packets go in with timestamps, decisions come out; and the virtual time to run it in.
 * No clock, thread or socket here, and everything random comes from one seed.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.emulator;
