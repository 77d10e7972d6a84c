/** Tests of what stands before a call: demultiplexing, deadlines. */
@org.jspecify.annotations.NullMarked
package org.raabta.relay.net;
