package org.raabta.relay.call;

/** How much one leg's link may carry beside the media (design/links-and-ladder.md, section 3). */
public enum DownlinkMode {
    /** Every packet is stamped for transport-wide feedback; reports as often as they are of use. */
    ALWAYS,
    /** Of audio, three packets in a row each second are stamped; reports are rare. */
    SPARSE,
    /** Thin voice: no header extensions, no transport-wide feedback in either direction, as few reports as will do. */
    NEVER
}
