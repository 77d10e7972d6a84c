package org.raabta.signaling.records;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a consultation went, written at its end.
 *
 * @param partial     the server was restarted in between, so what was measured before that is missing
 * @param rungSeconds of the call, by direction ({@code patient>doctor}) and rung
 */
public record QualityRecord(
        long consult,
        Instant createdAt,
        Optional<Instant> admittedAt,
        Instant endedAt,
        String endedBy,
        double waitingSeconds,
        double callSeconds,
        double reconnectingSeconds,
        boolean partial,
        List<Leg> legs,
        Map<String, Map<String, Double>> rungSeconds) {

    /**
     * @param connects how often its media came up
     * @param figures  by name ({@code rttMs}, {@code uplinkKbps}, ...); what was never measured is missing
     */
    public record Leg(
            String id,
            String role,
            String kind,
            Instant firstSeenAt,
            int connects,
            double connectedSeconds,
            Map<String, Figure> figures) {}

    /** Of one figure, over all samples. */
    public record Figure(double least, double mean, double most) {}
}
