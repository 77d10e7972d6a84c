package org.raabta.relay.net;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** How often each {@link Drop} happened on a relay, from any thread. */
public final class DropCounters {
    private final LongAdder[] counts = new LongAdder[Drop.values().length];

    public DropCounters() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
        }
    }

    void count(Drop reason) {
        counts[reason.ordinal()].increment();
    }

    /** The reasons that have occurred, by label. */
    public Map<String, Long> snapshot() {
        Map<String, Long> byLabel = new TreeMap<>();
        for (Drop reason : Drop.values()) {
            long count = counts[reason.ordinal()].sum();
            if (count > 0) {
                byLabel.put(reason.label(), count);
            }
        }
        return byLabel;
    }
}
