/**
 * Counters and gauges of the server, written as Prometheus text.
 * Anybody may count from any thread; nothing here decides anything.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.signaling.metrics;
