package org.raabta.relay.codec;

import java.io.Serial;

/** This process has no libopus. Calls go on; what cannot be reached without transcoding is not reached. */
public final class OpusUnavailable extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    /** Why there is none. */
    public enum Reason {
        /** The class path has no library for this operating system and processor. */
        NO_LIBRARY_FOR_PLATFORM,
        /** It could not be written to the directory for temporary files. */
        CANNOT_EXTRACT,
        /** The operating system refused it: another C library, a directory mounted noexec, a symbol that is not there. */
        CANNOT_LOAD
    }

    private final Reason reason;

    OpusUnavailable(Reason reason, String detail) {
        super(reason + ": " + detail);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
