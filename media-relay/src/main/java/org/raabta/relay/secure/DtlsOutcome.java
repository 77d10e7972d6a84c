package org.raabta.relay.secure;

import org.raabta.relay.control.Fingerprint;

/** How a DTLS handshake ended. */
public sealed interface DtlsOutcome {
    /** Keys, and whose they are: not to be used before {@code peer} has been compared with what was signaled. */
    record Established(SrtpKeys keys, Fingerprint peer) implements DtlsOutcome {}

    /** It failed or took too long. */
    record Failed() implements DtlsOutcome {}
}
