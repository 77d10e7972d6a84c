package org.raabta.relay.ice;

/** What became of a STUN message that reached an agent. */
public enum StunVerdict {
    /** A check that is authentic and was answered with success, or the answer to one of ours. */
    AUTHENTIC,
    /** Neither USERNAME nor MESSAGE-INTEGRITY: answered with 400. */
    NO_CREDENTIALS,
    /** Wrong key or user name: answered with 401. */
    WRONG_INTEGRITY,
    /** Authentic, but asks for something that we do not know: answered with 420. */
    UNKNOWN_ATTRIBUTE,
    /** Authentic, but both sides think that they are controlled: answered with 487. */
    ROLE_CONFLICT,
    /** An answer to nothing we asked, or an error. */
    UNEXPECTED
}
