package org.raabta.adapter.estimate;

import java.util.EnumMap;
import java.util.Map;
import org.raabta.adapter.Confidence;
import org.raabta.adapter.Estimate;

/**
 * What one direction of one link carries, in link bits. Sans-IO: every method takes the time, none reads a clock; nothing
 * that is told here throws, it is clamped, counted ({@link #oddities}) or forgotten.
 *
 * <pre>
 * onTimed ------> TimedPackets --> QueueSignal --> OveruseDetector --verdict--+
 *                 (skew, order)    (standing        (low and high             |
 *                      |            queue)           limits)                  v
 *                      +---------> DeliveredRate ------------------> RateController --> estimate()
 * onLoss -------> Losses -----------------------------------------------^  ^
 * onRoundTrip --> RoundTrips (least: limits; excess: a queue where no packet is timed)
 * onSent, onSign, onTick: bytes in flight; silence ------------------------+
 * </pre>
 */
public final class CapacityEstimator {
    private static final double LOW_READING_MS = 100;
    private static final double HIGH_READING_MS = 40;
    /** Without a timed packet for so long the round trip has to do. */
    private static final double UNTIMED_MS = 4_000;
    /** So many lost packets are congestion even if no delay shows it: a policer, or a queue of a few packets. */
    private static final double POLICED = 0.35;

    private static final double TICK_MS = 250;
    private static final double FEEDBACK_INTERVAL_MS = 1_000;

    private final EstimatorSettings settings;
    private final long originNanos;
    private final TimedPackets packets = new TimedPackets();
    private final QueueSignal queue;
    private final OveruseDetector detector;
    private final Losses losses;
    private final RoundTrips roundTrips = new RoundTrips();
    private final RateController rate;
    private final Map<Oddity, Long> oddities = new EnumMap<>(Oddity.class);
    private double queueMs;
    private double readAtMs = Double.NEGATIVE_INFINITY;
    private double timedAtMs = Double.NEGATIVE_INFINITY;
    private double blindAtMs = Double.NEGATIVE_INFINITY;
    private double signAtMs;
    private boolean expected;
    private double beforeSilenceKbps = Double.NaN;
    private long sentBytes;
    private long confirmedBytes;
    private double nextTickMs = Double.POSITIVE_INFINITY;

    public CapacityEstimator(EstimatorSettings settings, long nowNanos) {
        this.settings = settings;
        this.originNanos = nowNanos;
        this.queue = new QueueSignal(settings.queue());
        this.detector = new OveruseDetector(settings.overuse());
        this.losses = new Losses(settings.loss());
        this.rate = new RateController(settings.rates(), 0);
    }

    private double ms(long nowNanos) {
        return (nowNanos - originNanos) / 1e6;
    }

    /** What is known from elsewhere. Kept only where it is at least as certain as what is known here. */
    public void hint(double kbps, Confidence confidence) {
        if (!Double.isFinite(kbps) || kbps <= 0) {
            count(Oddity.ABSURD_REPORT);
            return;
        }
        rate.hint(kbps, confidence, readAtMs == Double.NEGATIVE_INFINITY ? Math.max(0, signAtMs) : readAtMs);
    }

    /**
     * A packet came whose times are known.
     *
     * @param sentNanos           when it left, on the sender's clock
     * @param arrivedNanos        when it came, on the receiver's clock; the two may differ by any offset and drift
     * @param cumulativeLinkBytes everything that has come by then, this packet included
     */
    public void onTimed(long sentNanos, long arrivedNanos, long cumulativeLinkBytes, long nowNanos) {
        double nowMs = ms(nowNanos);
        onSign(nowNanos);
        Oddity oddity = packets.add(sentNanos, arrivedNanos, cumulativeLinkBytes, nowNanos);
        if (oddity != null) {
            count(oddity);
            if (oddity == Oddity.CLOCK_STEP) {
                queue.clear();
                detector.clear();
            }
            if (oddity == Oddity.REORDERED) {
                return;
            }
        }
        timedAtMs = nowMs;
        confirmedBytes = Math.max(confirmedBytes, cumulativeLinkBytes);
        double intervalMs = rate.high() ? HIGH_READING_MS : LOW_READING_MS;
        if (QueueSignal.readable(packets) && nowMs - readAtMs >= intervalMs) {
            readAtMs = nowMs;
            read(nowMs);
        }
    }

    private void read(double nowMs) {
        Reading reading = queue.read(packets, rate.high());
        queueMs = reading.queueMs();
        double out = DeliveredRate.recentKbps(packets);
        OveruseDetector.Verdict verdict = detector.judge(reading, rate.high());
        switch (verdict) {
            case SEVERE, OVERUSED -> {
                double above = queue.baseMs() + detector.limitMs(reading.noiseMs(), rate.high()) / 2;
                double busy = DeliveredRate.busyKbps(packets, above, reading.noiseMs());
                rate.decrease(
                        verdict == OveruseDetector.Verdict.SEVERE,
                        Double.isNaN(busy) ? out : busy,
                        roundTrips.leastMs(),
                        nowMs);
            }
            case SUSPECT -> rate.hold(nowMs);
            case NORMAL -> rate.clean(queueMs, out, roundTrips.leastMs(), nowMs);
        }
    }

    /** Of {@code expected} packets, {@code lost} never came. */
    public void onLoss(int lost, int expectedPackets, long nowNanos) {
        if (expectedPackets < 0 || lost < 0 || lost > expectedPackets) {
            count(Oddity.ABSURD_REPORT);
            return;
        }
        if (!losses.add(lost, expectedPackets) || !losses.many()) {
            return;
        }
        boolean queued = queueMs > settings.overuse().lowQueueMs() / 2;
        if (queued || losses.share() > POLICED) {
            rate.lossy(DeliveredRate.recentKbps(packets), ms(nowNanos));
        }
    }

    public void onRoundTrip(long rttNanos, long nowNanos) {
        if (!roundTrips.add(rttNanos, nowNanos)) {
            count(Oddity.ABSURD_REPORT);
            return;
        }
        onSign(nowNanos);
        double nowMs = ms(nowNanos);
        if (nowMs - timedAtMs < UNTIMED_MS) {
            return;
        }
        // The page's reports and ours take the same way: a round trip over its least is a queue, on one side or the
        // other.
        queueMs = roundTrips.excessMs();
        boolean severe = queueMs > settings.overuse().severeRttMs();
        if (severe || queueMs > settings.overuse().atOnceMs()) {
            if (nowMs - blindAtMs >= settings.rates().drainMs()) {
                blindAtMs = nowMs;
                rate.decrease(severe, Double.NaN, roundTrips.leastMs(), nowMs);
            }
        } else {
            rate.clean(queueMs, Double.NaN, roundTrips.leastMs(), nowMs);
        }
    }

    /** Handed to the link now. */
    public void onSent(int linkBytes, long nowNanos) {
        sentBytes += Math.max(0, linkBytes);
    }

    /** Whether anything should come from the far end: only then is silence a silence. */
    public void expectSigns(boolean isExpected, long nowNanos) {
        if (isExpected && !expected) {
            signAtMs = ms(nowNanos);
            nextTickMs = signAtMs + silenceAfterMs();
        }
        expected = isExpected;
    }

    /** Anything at all came from the far end. */
    public void onSign(long nowNanos) {
        double nowMs = ms(nowNanos);
        if (rate.state() == Estimate.State.SILENT) {
            rate.resume(beforeSilenceKbps, settings.silence().resumeShare(), nowMs);
            detector.clear();
        }
        signAtMs = Math.max(signAtMs, nowMs);
        nextTickMs = signAtMs + silenceAfterMs();
    }

    /** Another network, or another clock at the far end: delays start anew, rates are kept until they are disproven. */
    public void onNetworkChange(long nowNanos) {
        packets.clear();
        queue.clear();
        detector.clear();
        losses.clear();
        roundTrips.clear();
        queueMs = 0;
        confirmedBytes = 0;
        sentBytes = 0;
    }

    /** Time passes. Harmless at any time, needed at {@link #nextDeadlineNanos}. */
    public void onTick(long nowNanos) {
        double nowMs = ms(nowNanos);
        if (nowMs < nextTickMs) {
            return;
        }
        if (expected && rate.state() != Estimate.State.SILENT && nowMs - signAtMs >= silenceAfterMs()) {
            beforeSilenceKbps = DeliveredRate.recentKbps(packets);
            rate.silent();
        }
        nextTickMs = rate.state() == Estimate.State.SILENT ? Double.POSITIVE_INFINITY : nowMs + TICK_MS;
    }

    private double silenceAfterMs() {
        return Math.max(settings.silence().afterMs(), 2 * roundTrips.leastMs() + FEEDBACK_INTERVAL_MS);
    }

    /** When {@link #onTick} is next worth calling; {@link Long#MAX_VALUE} if never. */
    public long nextDeadlineNanos() {
        return expected && nextTickMs < Long.MAX_VALUE / 1e7
                ? originNanos + (long) Math.ceil(nextTickMs * 1e6)
                : Long.MAX_VALUE;
    }

    public Estimate estimate() {
        return new Estimate(
                rate.kbps(), rate.confidence(), rate.state(), queueMs, losses.share(), roundTrips.leastMs());
    }

    /** Whether something that is not voice may go now without making a queue on a thin link. */
    public boolean mayTransmit(int linkBytes, long nowNanos) {
        if (rate.high() || rate.confidence() == Confidence.NONE) {
            return true;
        }
        double mostBytes = Math.max(
                settings.flight().minBytes(),
                rate.kbps() * (roundTrips.leastMs() + settings.flight().extraMs()) / 8);
        return sentBytes - confirmedBytes + linkBytes <= mostBytes;
    }

    private void count(Oddity oddity) {
        oddities.merge(oddity, 1L, Long::sum);
    }

    /** How often what was told made no sense, by kind. */
    public Map<Oddity, Long> oddities() {
        return Map.copyOf(oddities);
    }
}
