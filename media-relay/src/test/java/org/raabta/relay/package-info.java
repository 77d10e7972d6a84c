/** The relay as a whole, over real sockets with real crypto. */
@org.jspecify.annotations.NullMarked
package org.raabta.relay;
