package org.raabta.adapter.estimate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.raabta.adapter.Confidence;
import org.raabta.adapter.Estimate.State;

/** The estimator against links, in virtual time: what it says against what the link is. Figures are printed. */
class LinksTest {
    private static final long[] SEEDS = {1, 2, 3};

    private static void print(String what, Object... figures) {
        System.out.printf(Locale.ROOT, what + "%n", figures);
    }

    @Test
    void aFullLinkIsKnown() {
        LinkZoo.steady().forEach((name, way) -> {
            for (long seed : SEEDS) {
                List<Drive.Sample> run = Drive.run(Drive.Plan.full(way, 150, name.endsWith("down")), seed);
                row(name, seed, run);
                // A walking rate is never the one that was measured; the others are known to a quarter.
                assertThat(Figures.error(run, 0.5, 20))
                        .as("%s seed %d%n%s", name, seed, Drive.draw(run))
                        .isLessThan(way.walk() ? 0.6 : 0.3);
                assertThat(Figures.used(run, 60)).as("%s seed %d", name, seed).isGreaterThan(0.6);
            }
        });
    }

    @Test
    void aChangingLinkIsFollowed() {
        LinkZoo.changing().forEach((name, phases) -> {
            for (long seed : SEEDS) {
                Drive.Plan plan = new Drive.Plan(phases, 120, 1e9, 10, name.endsWith("down"), 0, false, 0, false);
                List<Drive.Sample> run = Drive.run(plan, seed);
                row(name, seed, run);
                assertThat(Figures.error(run, 0.5, 20))
                        .as("%s seed %d%n%s", name, seed, Drive.draw(run))
                        .isLessThan(0.5);
            }
        });
    }

    private static void row(String name, long seed, List<Drive.Sample> run) {
        print(
                "%-20s seed %d: error p50 %.2f p90 %.2f, used %.2f, queue over 600 ms %.2f",
                name,
                seed,
                Figures.error(run, 0.5, 20),
                Figures.error(run, 0.9, 20),
                Figures.used(run, 20),
                Figures.queued(run, 600, 20));
    }

    /** A photo takes what is left beside the voice, and the voice waits behind what is too much. */
    @Test
    void aTransferKeepsTheQueueShorterThanTheEstimateWould() {
        List.of("gprs-rural up", "gprs-urban up", "gprs-urban down", "gprs-good up", "edge-congested up", "edge-avg up")
                .forEach(name -> {
                    Way way = Objects.requireNonNull(LinkZoo.steady().get(name));
                    for (long seed : SEEDS) {
                        Drive.Plan plan = Drive.Plan.full(way, 180, name.endsWith("down"));
                        List<Drive.Sample> estimate = Drive.run(plan, seed);
                        List<Drive.Sample> transfer = Drive.run(plan.withTransfer(), seed);
                        row(name + ", estimate", seed, estimate);
                        row(name + ", transfer", seed, transfer);
                        assertThat(Figures.queued(transfer, 300, 20))
                                .as("%s seed %d%n%s", name, seed, Drive.draw(transfer))
                                .isLessThan(0.75 * Figures.queued(estimate, 300, 20));
                        assertThat(Figures.used(transfer, 20))
                                .as("%s seed %d", name, seed)
                                .isGreaterThan(0.75 * Figures.used(estimate, 20));
                    }
                });
    }

    @Test
    void aTransferFindsThatItsLinkIsAFasterOneNow() {
        List<FifoLink.Phase> phases = Objects.requireNonNull(LinkZoo.changing().get("cliff up"));
        for (long seed : SEEDS) {
            Drive.Plan plan = new Drive.Plan(phases, 90, 1e9, 10, false, 0, false, 0, true);
            List<Drive.Sample> run = Drive.run(plan, seed);
            assertThat(Figures.reached(run, 60, sample -> sample.sentKbps() > 0.75 * sample.linkKbps()))
                    .as("seed %d%n%s", seed, Drive.draw(run))
                    .isLessThan(20);
        }
    }

    @Test
    void stallsAreNoCongestion() {
        Way way = Way.of(32, 650, 4000).stalls(400, 8);
        for (double kbps : new double[] {13, 18, 25}) {
            for (boolean down : new boolean[] {false, true}) {
                for (long seed : SEEDS) {
                    List<Drive.Sample> run =
                            Drive.run(Drive.Plan.full(way, 600, down).cap(kbps), seed);
                    assertThat(Figures.alarms(run))
                            .as("voice of %.0f kbps, down %s, seed %d%n%s", kbps, down, seed, Drive.draw(run))
                            .isZero();
                }
            }
        }
    }

    @Test
    void jitterIsNoCongestion() {
        for (double sdMs : new double[] {30, 60, 100}) {
            Way way = Way.of(32, 350, 4000).jitter(sdMs);
            for (boolean down : new boolean[] {false, true}) {
                int alarms = 0;
                double leastKbps = Double.MAX_VALUE;
                for (long seed : SEEDS) {
                    List<Drive.Sample> run =
                            Drive.run(Drive.Plan.full(way, 600, down).cap(18), seed);
                    alarms += Figures.alarms(run);
                    leastKbps = Math.min(
                            leastKbps,
                            run.stream()
                                    .filter(s -> s.ms() > 20_000)
                                    .mapToDouble(Drive.Sample::kbps)
                                    .min()
                                    .orElseThrow());
                }
                print("jitter sd %.0f, down %s: %d false alarms in 30 min, least %.1f", sdMs, down, alarms, leastKbps);
                assertThat(alarms).as("sd %.0f down %s", sdMs, down).isLessThan(sdMs > 60 ? 45 : 18);
                assertThat(leastKbps).as("sd %.0f down %s", sdMs, down).isGreaterThan(6);
            }
        }
    }

    @Test
    void clocksThatRunApartAreNoCongestion() {
        for (double ppm : new double[] {-250, 250}) {
            List<Drive.Sample> run = Drive.run(
                    Drive.Plan.full(Way.of(32, 350, 4000), 1200, false).cap(18).skew(ppm), 1);
            assertThat(Figures.alarms(run)).isZero();
            assertThat(run.get(run.size() - 1).kbps()).isGreaterThan(25);
        }
    }

    @Test
    void aCollapseIsSeenInTwoSeconds() {
        for (long seed : SEEDS) {
            List<FifoLink.Phase> phases =
                    List.of(new FifoLink.Phase(0, LinkZoo.HSPA_AVG), new FifoLink.Phase(30, LinkZoo.HSPA_AVG.kbps(35)));
            List<Drive.Sample> run = Drive.run(new Drive.Plan(phases, 60, 1e9, 10, false, 0, false, 0, false), seed);
            double seconds = Figures.reached(run, 30, s -> s.kbps() < 40);
            print("780 to 35 kbps, seed %d: known after %.1f s", seed, seconds);
            assertThat(seconds).as(Drive.draw(run)).isLessThan(2.3);
            assertThat(run.stream().filter(s -> s.ms() > 33_000).allMatch(s -> s.kbps() > 10))
                    .as(Drive.draw(run))
                    .isTrue();
        }
    }

    @Test
    void aStandingQueueOfVoiceIsSeen() {
        for (boolean down : new boolean[] {false, true}) {
            for (long seed : SEEDS) {
                Way way = Way.of(40, 350, 4000).stalls(300, 12);
                List<FifoLink.Phase> phases = List.of(new FifoLink.Phase(0, way), new FifoLink.Phase(40, way.kbps(16)));
                // A sender that cannot be made to send less: the queue stands until it is seen.
                List<Drive.Sample> run = Drive.run(new Drive.Plan(phases, 60, 22, 22, down, 0, false, 0, false), seed);
                double stands = Figures.reached(run, 40, s -> s.queueMs() > 150);
                double seen = Figures.reached(run, 40, s -> s.state() == State.OVERUSED || s.state() == State.SEVERE);
                print(
                        "voice of 22 on 16 kbps, down %s, seed %d: seen %.1f s after it stood",
                        down, seed, seen - stands);
                assertThat(seen - stands).as(Drive.draw(run)).isLessThan(down ? 4 : 2.5);
                double end = run.get(run.size() - 1).kbps();
                assertThat(end).as(Drive.draw(run)).isBetween(6.0, 18.0);
            }
        }
    }

    @Test
    void bandwidthIsUsedWithinSeconds() {
        Map<String, Double> mostSeconds =
                Map.of("hspa-avg down", 10.0, "hspa-avg up", 7.0, "clean-fast down", 14.0, "clean-fast up", 12.0);
        mostSeconds.forEach((name, most) -> {
            Way way = Objects.requireNonNull(LinkZoo.steady().get(name));
            List<Drive.Sample> run =
                    Drive.run(Drive.Plan.full(way, 30, name.endsWith("down")).hint(60), 1);
            double seconds = Figures.reached(run, 0, s -> s.kbps() > 0.85 * s.linkKbps());
            print("%s from 60 kbps: %.1f s", name, seconds);
            assertThat(seconds).as("%s%n%s", name, Drive.draw(run)).isLessThan(most);
        });
    }

    @Test
    void aLongerWayIsNotTakenForAQueue() {
        Way near = Way.of(200, 100, 2000);
        List<FifoLink.Phase> phases =
                List.of(new FifoLink.Phase(0, near), new FifoLink.Phase(30, Way.of(200, 700, 2000)));
        List<Drive.Sample> run = Drive.run(new Drive.Plan(phases, 75, 1e9, 10, false, 0, false, 0, false), 1);
        double back = Figures.reached(run, 45, s -> s.kbps() > 150);
        print("600 ms more of way: believed again %.1f s later", back + 15);
        assertThat(back).as(Drive.draw(run)).isLessThan(20);
    }

    @Test
    void lessSentIsNoLessCapacity() {
        List<Drive.Sample> full = Drive.run(
                Drive.Plan.full(Way.of(50, 350, 4000), 300, false).cap(22).withPauses(), 4);
        double at60 = full.get(600).kbps();
        assertThat(full.stream().filter(s -> s.ms() > 60_000).allMatch(s -> s.kbps() >= at60))
                .as(Drive.draw(full))
                .isTrue();
        assertThat(full.get(full.size() - 1).confidence()).isGreaterThanOrEqualTo(Confidence.MEDIUM);
    }

    @Test
    void anOutageIsSilenceAndGoesOnLower() {
        List<FifoLink.Phase> phases = Objects.requireNonNull(LinkZoo.changing().get("outage-15 up"));
        List<Drive.Sample> run = Drive.run(new Drive.Plan(phases, 90, 1e9, 10, false, 0, false, 0, false), 1);
        double silent = Figures.reached(run, 30, s -> s.state() == State.SILENT);
        assertThat(silent).isBetween(2.5, 6.0);
        double kbps = run.get(440).kbps();
        List<Drive.Sample> after = run.subList(460, 480);
        assertThat(after).allMatch(s -> s.kbps() <= kbps);
        double back = Figures.reached(run, 45, s -> s.kbps() > 150);
        print("outage: back at 150 of 200 kbps after %.1f s", back);
        assertThat(back).as(Drive.draw(run)).isLessThan(30);
    }
}
