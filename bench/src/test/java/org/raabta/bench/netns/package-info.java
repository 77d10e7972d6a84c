/** Tests of the link in real time, with real sockets and processes in real namespaces. */
@org.jspecify.annotations.NullMarked
package org.raabta.bench.netns;
