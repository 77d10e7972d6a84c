package org.raabta.signaling.consult;

import java.util.Locale;
import java.util.Optional;
import org.raabta.relay.control.DisconnectReason;

/** What a lost transport means for the page. */
final class MediaLoss {
    private MediaLoss() {}

    /** The reason to tell the page, if it needs a new transport; a silence heals, and who closed knows it. */
    static Optional<String> reason(DisconnectReason reason) {
        return switch (reason) {
            case CONSENT_EXPIRED, CLOSED_BY_PEER -> Optional.empty();
            case KEYS_EXPIRED, FINGERPRINT_MISMATCH, FINGERPRINT_MISSING, HANDSHAKE_FAILED ->
                Optional.of(reason.name().toLowerCase(Locale.ROOT).replace('_', '-'));
        };
    }

    /** Whether media never flowed. */
    static boolean beforeMedia(DisconnectReason reason) {
        return switch (reason) {
            case FINGERPRINT_MISMATCH, FINGERPRINT_MISSING, HANDSHAKE_FAILED -> true;
            case CONSENT_EXPIRED, KEYS_EXPIRED, CLOSED_BY_PEER -> false;
        };
    }
}
