package org.raabta.relay.call;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/** One counter for each {@link Drop}. */
final class Drops {
    /** A cell for each, so that counting makes no object. */
    private final Map<Drop, long[]> counts = new EnumMap<>(Drop.class);

    Drops() {
        for (Drop drop : Drop.values()) {
            counts.put(drop, new long[1]);
        }
    }

    void count(Drop drop) {
        count(drop, 1);
    }

    void count(Drop drop, int times) {
        cell(drop)[0] += times;
    }

    long of(Drop drop) {
        return cell(drop)[0];
    }

    private long[] cell(Drop drop) {
        return Objects.requireNonNull(counts.get(drop));
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
