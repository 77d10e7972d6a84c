package org.raabta.signaling.consult;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.raabta.adapter.Rung;

/** How long each direction stood on each rung while the consultation was in the call. Owned by the quality log. */
final class RungTimes {
    private final Map<String, Rung> current = new TreeMap<>();
    private final Map<String, Map<Rung, Duration>> times = new TreeMap<>();
    private boolean inCall;
    private Instant since;

    RungTimes(Instant now) {
        this.since = now;
    }

    /** @param direction the roles of its ends, so that a reloaded page goes on where the old one was */
    void decided(String direction, Rung rung, Instant now) {
        advance(now);
        current.put(direction, rung);
    }

    void inCall(boolean value, Instant now) {
        advance(now);
        inCall = value;
    }

    /** Seconds by direction and rung; a rung that was never stood on is missing. */
    Map<String, Map<String, Double>> seconds() {
        Map<String, Map<String, Double>> seconds = new TreeMap<>();
        times.forEach((direction, rungs) ->
                rungs.forEach((rung, time) -> seconds.computeIfAbsent(direction, key -> new TreeMap<>())
                        .put(rung.label(), time.toMillis() / 1000.0)));
        return seconds;
    }

    private void advance(Instant now) {
        Duration passed = Duration.between(since, now);
        since = now;
        if (inCall && !passed.isNegative()) {
            current.forEach((direction, rung) -> times.computeIfAbsent(direction, key -> new EnumMap<>(Rung.class))
                    .merge(rung, passed, Duration::plus));
        }
    }
}
