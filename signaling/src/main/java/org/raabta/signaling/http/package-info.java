/**
 * HTTP/1.1 and HTTP/2 with one handler model: listeners, limits, TLS, problem details, static files.
 * Knows nothing of consultations.
 */
@org.jspecify.annotations.NullMarked
package org.raabta.signaling.http;
