package org.raabta.relay.net;

import org.jspecify.annotations.Nullable;
import org.raabta.relay.control.LocalIce;

/** The part of a user name fragment that names the leg (docs/protocol.md, "ICE credentials"). */
final class UfragBase {
    private UfragBase() {}

    static @Nullable String of(String ufrag) {
        return ufrag.length() == LocalIce.BASE_LENGTH + 2 ? ufrag.substring(0, LocalIce.BASE_LENGTH) : null;
    }
}
