package org.raabta.signaling.records;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A consultation as it is kept.
 *
 * @param id      its number, random, never negative
 * @param endedBy the label of who ended it
 * @param demo    made by {@code serve --demo}
 * @param profile the bandwidth profile that its creator asked for; by default the deployment's
 * @param invited the labels of the roles that links were made for
 */
public record ConsultRow(
        long id,
        Optional<String> patientName,
        Optional<String> language,
        Instant createdAt,
        Optional<Instant> opensAt,
        Instant expiresAt,
        Optional<Instant> admittedAt,
        Optional<Instant> endedAt,
        Optional<String> endedBy,
        boolean demo,
        Optional<String> profile,
        Set<String> invited) {
    /** How long the patient's link stays closed yet; nothing once it is open. */
    public Optional<Duration> opensIn(Instant now) {
        return opensAt.map(at -> Duration.between(now, at)).filter(left -> left.compareTo(Duration.ZERO) > 0);
    }
}
