package org.raabta.signaling.metrics;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.Reason;
import org.raabta.adapter.Rung;

/** Where the links and the ladder of all calls stand. Labels come from enums only, so that no caller can make more of them. */
public final class LadderMeters {
    /** Of a leg's link. */
    public enum Way {
        UP,
        DOWN;

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A link's way in one state. */
    public record LinkKey(Way way, Estimate.State state) {}

    /**
     * Directions of one kind on one rung.
     *
     * @param kind the roles of its ends, such as {@code patient>doctor}
     */
    public record RungKey(String kind, Rung rung) {}

    /** Around the rungs' thresholds. */
    private static final double[] BUCKETS_KBPS = {9, 12, 16, 24, 32, 48, 64, 96, 128, 256, 512, 1024, 2048, 4096};

    private final Map<String, LongAdder> links = new ConcurrentSkipListMap<>();
    private final Map<String, LongAdder> rungs = new ConcurrentSkipListMap<>();
    private final Map<Reason, LongAdder> changes = new EnumMap<>(Reason.class);
    private final Map<Way, Histogram> estimates = new EnumMap<>(Way.class);

    public LadderMeters() {
        for (Reason reason : Reason.values()) {
            changes.put(reason, new LongAdder());
        }
        for (Way way : Way.values()) {
            estimates.put(way, new Histogram());
            for (Estimate.State state : Estimate.State.values()) {
                add(new LinkKey(way, state), 0);
            }
        }
    }

    public void add(LinkKey key, int difference) {
        String state = key.state().name().toLowerCase(Locale.ROOT);
        add(links, "{way=\"" + key.way().label() + "\",state=\"" + state + "\"}", difference);
    }

    public void add(RungKey key, int difference) {
        add(rungs, "{kind=\"" + key.kind() + "\",rung=\"" + key.rung().label() + "\"}", difference);
    }

    /** A direction went to another rung. */
    public void changed(Reason reason) {
        Objects.requireNonNull(changes.get(reason)).increment();
    }

    /** One look at a link's estimate. */
    public void estimated(Way way, double kbps) {
        Objects.requireNonNull(estimates.get(way)).add(kbps);
    }

    void write(StringBuilder out) {
        Meters.describe(out, "raabta_links", "Links of connected legs, by what they are doing", "gauge");
        links.forEach((labels, value) -> line(out, "raabta_links" + labels, value.sum()));
        Meters.describe(out, "raabta_directions", "Media directions of calls, by rung", "gauge");
        rungs.forEach((labels, value) -> line(out, "raabta_directions" + labels, value.sum()));
        Meters.describe(out, "raabta_rung_changes_total", "Rung changes, by reason", "counter");
        changes.forEach((reason, value) ->
                line(out, "raabta_rung_changes_total{reason=\"" + reason.label() + "\"}", value.sum()));
        Meters.describe(out, "raabta_estimate_kbps", "Estimates of connected legs, looked at every 2 s", "histogram");
        estimates.forEach((way, histogram) -> histogram.write(out, way.label()));
    }

    private static void add(Map<String, LongAdder> adders, String labels, int difference) {
        adders.computeIfAbsent(labels, key -> new LongAdder()).add(difference);
    }

    private static void line(StringBuilder out, String name, long value) {
        out.append(name).append(' ').append(value).append('\n');
    }

    private static final class Histogram {
        private final LongAdder[] buckets = new LongAdder[BUCKETS_KBPS.length + 1];
        private final DoubleAdder sum = new DoubleAdder();

        Histogram() {
            Arrays.setAll(buckets, i -> new LongAdder());
        }

        void add(double kbps) {
            int found = Arrays.binarySearch(BUCKETS_KBPS, kbps);
            buckets[found >= 0 ? found : -found - 1].increment();
            sum.add(kbps);
        }

        void write(StringBuilder out, String way) {
            long total = 0;
            for (int i = 0; i < buckets.length; i++) {
                total += buckets[i].sum();
                String least = i < BUCKETS_KBPS.length ? Integer.toString((int) BUCKETS_KBPS[i]) : "+Inf";
                line(out, "raabta_estimate_kbps_bucket{way=\"" + way + "\",le=\"" + least + "\"}", total);
            }
            out.append("raabta_estimate_kbps_sum{way=\"")
                    .append(way)
                    .append("\"} ")
                    .append(sum.sum());
            out.append('\n');
            line(out, "raabta_estimate_kbps_count{way=\"" + way + "\"}", total);
        }
    }
}
