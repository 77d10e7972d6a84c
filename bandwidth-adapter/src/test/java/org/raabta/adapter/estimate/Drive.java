package org.raabta.adapter.estimate;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.PriorityQueue;
import java.util.Random;
import org.raabta.adapter.Confidence;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.Estimate.State;

/** A sender that obeys the estimate, a link, and the estimator at its end (uplink) or behind feedback (downlink). */
final class Drive {
    private static final int AUDIO_MS = 60;
    private static final double FEEDBACK_MS = 250;
    /** As the relay's transfers leave a margin. */
    private static final double TRANSFER_SHARE = 0.95;

    /**
     * @param capKbps     the most the sender has to send; voice alone if small
     * @param leastKbps   the least it can be made to send
     * @param down        judged by sparse, batched feedback and not by arrivals
     * @param skewPpm     how much faster the receiver's clock runs
     * @param pauses       whether voice pauses (DTX): one packet in 400 ms then
     * @param hintKbps    0: none
     * @param elastic     sends a transfer beside the voice: what {@link CapacityEstimator#elasticKbps} lets it
     */
    record Plan(
            List<FifoLink.Phase> phases,
            int seconds,
            double capKbps,
            double leastKbps,
            boolean down,
            double skewPpm,
            boolean pauses,
            double hintKbps,
            boolean elastic) {
        static Plan full(Way way, int seconds, boolean down) {
            return new Plan(List.of(new FifoLink.Phase(0, way)), seconds, 1e9, 10, down, 0, false, 0, false);
        }

        Plan cap(double kbps) {
            return new Plan(phases, seconds, kbps, Math.min(leastKbps, kbps), down, skewPpm, pauses, hintKbps, elastic);
        }

        Plan hint(double kbps) {
            return new Plan(phases, seconds, capKbps, leastKbps, down, skewPpm, pauses, kbps, elastic);
        }

        Plan skew(double ppm) {
            return new Plan(phases, seconds, capKbps, leastKbps, down, ppm, pauses, hintKbps, elastic);
        }

        Plan withTransfer() {
            return new Plan(phases, seconds, capKbps, leastKbps, down, skewPpm, pauses, hintKbps, true);
        }

        Plan withPauses() {
            return new Plan(phases, seconds, capKbps, leastKbps, down, skewPpm, true, hintKbps, elastic);
        }
    }

    record Sample(
            double ms,
            double linkKbps,
            double kbps,
            Confidence confidence,
            State state,
            double queueMs,
            double sentKbps) {}

    private record Arrival(double sentMs, double arrivedMs, long bytes, boolean stamped) {}

    private record Due(double ms, int order, Runnable what) {}

    private final Plan plan;
    private final FifoLink link;
    private final CapacityEstimator estimator;
    private final PriorityQueue<Due> due = new PriorityQueue<>((a, b) -> {
        int byTime = Double.compare(a.ms(), b.ms());
        return byTime != 0 ? byTime : Integer.compare(a.order(), b.order());
    });
    private final ArrayDeque<Arrival> unreported = new ArrayDeque<>();
    private final List<Sample> samples = new ArrayList<>();
    private final Random talking;
    private int order;
    private double targetKbps;
    private double fillBytes;
    private double filledMs;
    private long sentBytes;
    private long arrivedBytes;
    private int expected;
    private int lost;
    private double sampledBytes;
    private double stampMs = -1000;
    private int stamped;
    private boolean speaking = true;
    private double turnMs;

    private Drive(Plan plan, EstimatorSettings settings, long seed) {
        this.plan = plan;
        link = new FifoLink(plan.phases(), plan.seconds(), seed);
        estimator = new CapacityEstimator(settings, 0);
        talking = new Random(seed + 2);
        targetKbps = Math.max(plan.leastKbps(), plan.hintKbps());
    }

    static List<Sample> run(Plan plan, long seed) {
        return new Drive(plan, EstimatorSettings.DEFAULTS, seed).run();
    }

    private void at(double ms, Runnable what) {
        due.add(new Due(ms, order++, what));
    }

    private static long nanos(double ms) {
        return (long) (ms * 1e6);
    }

    private List<Sample> run() {
        if (plan.hintKbps() > 0) {
            estimator.hint(plan.hintKbps(), Confidence.LOW);
        }
        estimator.expectSigns(true, 0);
        at(0, () -> audio(0));
        at(0, () -> filler(0));
        at(100, () -> sample(100));
        at(1000, () -> report(1000));
        if (plan.down()) {
            at(FEEDBACK_MS, () -> feedback(FEEDBACK_MS));
        }
        double endMs = plan.seconds() * 1000.0;
        double nowMs = 0;
        long tickedNanos = 0;
        while (nowMs < endMs) {
            long deadlineNanos = estimator.nextDeadlineNanos();
            Due next = due.peek();
            if (deadlineNanos / 1e6 < next.ms()) {
                if (deadlineNanos <= tickedNanos) {
                    throw new IllegalStateException("deadline " + deadlineNanos + " at " + nowMs);
                }
                nowMs = deadlineNanos / 1e6;
                tickedNanos = deadlineNanos;
                estimator.onTick(deadlineNanos);
            } else {
                due.poll();
                nowMs = next.ms();
                next.what().run();
            }
        }
        return samples;
    }

    private void audio(double ms) {
        if (plan.pauses() && ms >= turnMs) {
            speaking = !speaking;
            turnMs = ms + (speaking ? 1000 : 1500) * (0.5 + 2 * talking.nextDouble());
        }
        double kbps = Math.min(22, Math.max(plan.leastKbps(), Math.min(targetKbps, plan.capKbps())));
        if (!plan.pauses() || speaking || Math.floorMod(Math.round(ms / AUDIO_MS), 7) == 0) {
            send((int) Math.round(speaking || !plan.pauses() ? kbps * AUDIO_MS / 8 : 60), ms);
        }
        at(ms + AUDIO_MS, () -> audio(ms + AUDIO_MS));
    }

    /** What is left beyond voice, in packets of up to 1200 bytes that are spread evenly. */
    private void filler(double ms) {
        double kbps = Math.min(targetKbps, plan.capKbps()) - 22;
        fillBytes = kbps <= 0 ? 0 : Math.min(4000, fillBytes + kbps * (ms - filledMs) / 8);
        filledMs = ms;
        int packet = kbps > 60 ? 1200 : 400;
        while (fillBytes >= packet) {
            fillBytes -= packet;
            if (!plan.down() || estimator.mayTransmit(packet, nanos(ms))) {
                send(packet, ms);
            }
        }
        at(ms + 5, () -> filler(ms + 5));
    }

    private void send(int bytes, double ms) {
        sentBytes += bytes;
        sampledBytes += bytes;
        expected++;
        boolean stamp = stamp(ms);
        if (plan.down()) {
            estimator.onSent(bytes, nanos(ms));
        }
        double outMs = link.offer(bytes, ms);
        long sentSoFar = sentBytes;
        if (Double.isNaN(outMs)) {
            lost++;
            sentBytes -= plan.down() ? bytes : 0;
        } else {
            at(outMs, () -> arrive(ms, outMs, bytes, sentSoFar, stamp));
        }
    }

    /** Everything with video; else three in a row each second. */
    private boolean stamp(double ms) {
        if (targetKbps > 90) {
            return true;
        }
        if (ms - stampMs >= 1000) {
            stampMs = ms;
            stamped = 0;
        }
        return stamped++ < 3;
    }

    private void arrive(double sentMs, double outMs, int bytes, long sentSoFar, boolean stamp) {
        arrivedBytes += bytes;
        if (plan.down()) {
            unreported.add(new Arrival(sentMs, outMs, sentSoFar, stamp));
        } else {
            timed(sentMs, outMs, arrivedBytes, outMs);
            command(outMs);
        }
    }

    private void timed(double sentMs, double outMs, long bytes, double nowMs) {
        double skewed = outMs * (1 + plan.skewPpm() / 1e6) + 7e8;
        estimator.onTimed(nanos(sentMs), nanos(skewed), bytes, nanos(nowMs));
    }

    private double baseMs(double ms) {
        return link.way(ms).baseMs();
    }

    private void feedback(double ms) {
        List<Arrival> batch = new ArrayList<>();
        for (Arrival a = unreported.poll(); a != null; a = unreported.poll()) {
            if (a.stamped()) {
                batch.add(a);
            }
        }
        double heardMs = ms + baseMs(ms);
        if (!batch.isEmpty() && link.way(ms).kbps() > 0) {
            at(heardMs, () -> {
                batch.forEach(a -> timed(a.sentMs(), a.arrivedMs(), a.bytes(), heardMs));
                // The sender is where the estimate is.
                targetKbps = allowedKbps();
            });
        }
        at(ms + FEEDBACK_MS, () -> feedback(ms + FEEDBACK_MS));
    }

    private void command(double ms) {
        double kbps = allowedKbps();
        at(ms + baseMs(ms), () -> targetKbps = kbps);
    }

    private double allowedKbps() {
        return plan.elastic()
                ? TRANSFER_SHARE * estimator.elasticKbps()
                : estimator.estimate().kbps();
    }

    private void report(double ms) {
        if (link.way(ms).kbps() > 0) {
            estimator.onLoss(lost, expected, nanos(ms));
            estimator.onRoundTrip(nanos(2 * baseMs(ms) + link.queueMs(ms)), nanos(ms));
        }
        lost = 0;
        expected = 0;
        at(ms + 1000, () -> report(ms + 1000));
    }

    private void sample(double ms) {
        Estimate e = estimator.estimate();
        samples.add(new Sample(
                ms, link.rateKbps(ms), e.kbps(), e.confidence(), e.state(), link.queueMs(ms), sampledBytes * 8 / 100));
        sampledBytes = 0;
        at(ms + 100, () -> sample(ms + 100));
    }

    /** A line a second: to be read when a test fails. */
    static String draw(List<Sample> samples) {
        StringBuilder text = new StringBuilder();
        for (int i = 9; i < samples.size(); i += 10) {
            Sample s = samples.get(i);
            text.append(String.format(
                    Locale.ROOT,
                    "%5.0f s link %5.0f est %6.1f %-6s %-8s queue %5.0f ms sent %6.1f%n",
                    s.ms() / 1000,
                    s.linkKbps(),
                    s.kbps(),
                    s.confidence(),
                    s.state(),
                    s.queueMs(),
                    s.sentKbps()));
        }
        return text.toString();
    }
}
