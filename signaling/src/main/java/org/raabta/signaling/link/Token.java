package org.raabta.signaling.link;

import java.time.Instant;
import org.raabta.relay.control.Role;

/**
 * What a link says.
 *
 * @param consult the consultation's number, never negative
 * @param expires in whole seconds
 */
public record Token(Role role, long consult, Instant expires) {
    /** Length of a token's text. */
    public static final int LENGTH = 43;

    public boolean expiredAt(Instant now) {
        return !now.isBefore(expires);
    }
}
