package org.raabta.bench.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.raabta.bench.report.DirectionResult.RungChange;
import org.raabta.bench.report.DirectionResult.Sample;

/** Results shaped like those of real runs: a cliff from hspa to gprs and back, met by an adaptive and by a plain call. */
final class SampleRuns {
    static final long SEED = 11;

    private SampleRuns() {}

    static RunResult raabtaOnCliff() {
        return run("raabta", true, false, null);
    }

    static RunResult plainOnCliff() {
        return run("p2p", false, false, null);
    }

    static RunResult starvedAndPartial() {
        return run("raabta", true, true, new RunResult.Machine(0.97, 1840.0));
    }

    private static RunResult run(
            String system,
            boolean adaptive,
            boolean partial,
            RunResult.@org.jspecify.annotations.Nullable Machine machine) {
        int seconds = partial ? 47 : 120;
        Map<String, DirectionResult> directions = new LinkedHashMap<>();
        directions.put(RunResult.UP, direction(new double[] {330, 32, 200, 330}, adaptive, seconds, SEED));
        directions.put(RunResult.DOWN, direction(new double[] {780, 35, 240, 780}, adaptive, seconds, SEED + 1));
        return new RunResult(
                RunResult.SCHEMA,
                partial,
                system,
                "0.1.0",
                "528b4f2",
                7L,
                "cliff",
                adaptive ? "default" : null,
                "talk",
                seconds,
                2300.0,
                machine == null ? new RunResult.Machine(0.61, 12.0) : machine,
                directions,
                adaptive
                        ? new RunResult.Join(
                                29_310L, 4120L, 6, 2890.0, 1740.0, 620.0, 410.0, 2100.0, 120.0, 5200.0, 4300.0)
                        : null,
                new RunResult.Browsers("Chromium 156.0", "Mozilla Firefox 153.8.0esr"));
    }

    private static DirectionResult direction(double[] linkKbps, boolean adaptive, int seconds, long seed) {
        Random random = new Random(seed);
        List<Sample> samples = new ArrayList<>();
        List<RungChange> changes = new ArrayList<>();
        Map<String, Double> rungSeconds = new LinkedHashMap<>();
        double queueMs = 0;
        int broken = 0;
        long bytes = 0;
        double estimate = 150;
        String rung = "";
        for (int s = 0; s < seconds; s++) {
            double link = linkKbps[Math.min(3, s / 30)];
            double offered;
            String now;
            if (adaptive) {
                boolean known = s % 30 >= 3 || s < 30;
                estimate = known
                        ? Math.min(link * (0.9 + 0.08 * random.nextDouble()), estimate * (estimate > link ? 0.5 : 1.09))
                        : estimate;
                offered = Math.max(17, estimate * 0.92);
                now = estimate > 210 ? "video" : estimate > 105 ? "low-video" : estimate > 62 ? "slow-video" : "voice";
            } else {
                estimate = Math.max(80, Math.min(link, estimate * (estimate > link ? 0.85 : 1.06)));
                offered = Math.max(82, estimate);
                now = "";
            }
            queueMs = Math.max(0, Math.min(4000, queueMs + (offered - link) / link * 1000));
            double concealed = queueMs > 900
                    ? Math.min(1, queueMs / 4000 + 0.3 * random.nextDouble())
                    : 0.01 * random.nextDouble();
            boolean isBroken = concealed > 0.2;
            broken += isBroken ? 1 : 0;
            double wire = Math.min(link, offered) * (0.93 + 0.07 * random.nextDouble());
            bytes += (long) (wire * 125);
            if (adaptive && !now.equals(rung)) {
                changes.add(new RungChange(
                        s * 1000.0 + 240,
                        rung.isEmpty() ? null : rung,
                        now,
                        rung.isEmpty() ? "unconstrained" : "queue-delay"));
                rung = now;
            }
            if (adaptive) {
                rungSeconds.merge(rung, 1.0, Double::sum);
            }
            samples.add(new Sample(
                    s * 1000.0,
                    link,
                    wire,
                    s < 2 ? null : estimate,
                    queueMs,
                    adaptive ? rung : null,
                    concealed,
                    isBroken));
        }
        return new DirectionResult(
                seconds,
                broken,
                0.004 + 0.4 * broken / seconds,
                broken * 90.0,
                Math.max(0.1, 0.93 - 0.9 * broken / seconds),
                Math.max(1, 4.2 - 3.5 * broken / seconds),
                new DirectionResult.Spread(230 + 20.0 * broken, 410 + 60.0 * broken),
                620.0,
                bytes,
                new DirectionResult.Rate(bytes * 8.0 / seconds / 1000, 300.0),
                adaptive ? rungSeconds : null,
                adaptive ? changes : null,
                (double) broken,
                0.13,
                null,
                null,
                new DirectionResult.Video(180.0, 14.2, 3.4 + broken),
                samples);
    }
}
