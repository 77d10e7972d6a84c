/**
 * The link in real time: two network namespaces joined by two TUN devices, with an emulated link between them.
 * Whatever happens to this process, no namespace, device or child process outlives it.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.netns;
