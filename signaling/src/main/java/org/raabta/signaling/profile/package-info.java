/**
 * Bandwidth profiles off the class path and the disk: the adapter reads no files.
 * A file is read anew for each consultation; one that is broken never stops a running server.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.signaling.profile;
