package org.raabta.relay.secure;

/** What became of a packet between plain and protected. */
public enum SrtpVerdict {
    OK,
    /** Not long enough for its own headers and tag, or a header that cannot be. */
    MALFORMED,
    AUTHENTICATION_FAILED,
    /** Seen before, or too old to know. */
    REPLAYED,
    /** More SSRCs than one leg can have. */
    TOO_MANY_SSRCS
}
