package org.raabta.relay.control;

import java.util.Locale;

/** How somebody is connected: by our own page, by a standard WebRTC client, or by an ordinary phone. */
public enum LegKind {
    WEB,
    SDP,
    PHONE;

    /** The public name in the HTTP contract. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
