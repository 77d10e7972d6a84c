/** Tests of DTLS and SRTP, and a DTLS client for the other tests. */
@org.jspecify.annotations.NullMarked
package org.raabta.relay.secure;
