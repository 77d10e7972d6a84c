package org.raabta.relay.net;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each {@link Drop} happened on a relay, from any thread. */
public final class DropCounters {
    private final Map<Drop, LongAdder> counts = new EnumMap<>(Drop.class);

    public DropCounters() {
        for (Drop reason : Drop.values()) {
            counts.put(reason, new LongAdder());
        }
    }

    void count(Drop reason) {
        adder(reason).increment();
    }

    /** The reasons that have occurred, by label. */
    public Map<String, Long> snapshot() {
        Map<String, Long> byLabel = new TreeMap<>();
        for (Drop reason : Drop.values()) {
            long count = adder(reason).sum();
            if (count > 0) {
                byLabel.put(reason.label(), count);
            }
        }
        return byLabel;
    }

    private LongAdder adder(Drop reason) {
        return Objects.requireNonNull(counts.get(reason), "every reason has its counter");
    }
}
