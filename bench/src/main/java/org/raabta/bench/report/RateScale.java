package org.raabta.bench.report;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A logarithmic scale of rates: a GPRS second must stay readable beside an HSPA one. No rate at all lies on its floor. */
record RateScale(double lowKbps, double highKbps) {
    private static final double[] TICKS = {1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000};

    /** From a little below the slowest link to above everything that was measured. */
    static RateScale of(List<DirectionResult.Sample> samples) {
        double most = 10;
        double least = 30;
        for (DirectionResult.Sample sample : samples) {
            for (Double kbps : Arrays.asList(sample.linkKbps(), sample.wireKbps(), sample.estimateKbps())) {
                most = Math.max(most, orZero(kbps));
            }
            double link = orZero(sample.linkKbps());
            least = link > 0 ? Math.min(least, link) : least;
        }
        double low = TICKS[0];
        double high = TICKS[TICKS.length - 1];
        for (double tick : TICKS) {
            low = tick <= least * 0.7 ? tick : low;
            high = tick >= most && tick < high ? tick : high;
        }
        return new RateScale(low, high);
    }

    double[] ticks() {
        return Arrays.stream(TICKS)
                .filter(tick -> tick >= lowKbps && tick <= highKbps)
                .toArray();
    }

    /** 0 at the floor, 1 at the top. */
    double height(double kbps) {
        return Math.log10(Math.max(kbps, lowKbps) / lowKbps) / Math.log10(highKbps / lowKbps);
    }

    private static double orZero(@Nullable Double value) {
        return value == null ? 0 : value;
    }
}
