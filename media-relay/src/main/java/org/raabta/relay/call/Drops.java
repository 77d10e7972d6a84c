package org.raabta.relay.call;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** One counter for each {@link Drop}. */
final class Drops {
    private final Map<Drop, Long> counts = new EnumMap<>(Drop.class);

    void count(Drop drop) {
        count(drop, 1);
    }

    void count(Drop drop, int times) {
        counts.merge(drop, (long) times, Long::sum);
    }

    long of(Drop drop) {
        return counts.getOrDefault(drop, 0L);
    }

    /** Every counter by its public name, zeros included: zero is a measurement here. */
    Map<String, Long> byName() {
        Map<String, Long> byName = new LinkedHashMap<>();
        for (Drop drop : Drop.values()) {
            byName.put(drop.label(), of(drop));
        }
        return byName;
    }
}
