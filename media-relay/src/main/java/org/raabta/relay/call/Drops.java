package org.raabta.relay.call;

import java.util.LinkedHashMap;
import java.util.Map;

/** One counter for each {@link Drop}. */
final class Drops {
    private final long[] counts = new long[Drop.values().length];

    void count(Drop drop) {
        count(drop, 1);
    }

    void count(Drop drop, int times) {
        counts[drop.ordinal()] += times;
    }

    long of(Drop drop) {
        return counts[drop.ordinal()];
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
