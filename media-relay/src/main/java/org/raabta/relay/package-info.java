/**
 * The relay's front door: starts and stops it. What is said through the door stands in {@code control}.
 * Everything behind it (net, call, rtp, ice, secure) is nobody else's business.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.relay;
