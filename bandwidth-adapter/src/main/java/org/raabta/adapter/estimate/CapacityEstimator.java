package org.raabta.adapter.estimate;

import java.util.EnumMap;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.Confidence;
import org.raabta.adapter.Estimate;
import org.raabta.adapter.Estimate.State;
import org.raabta.adapter.estimate.OveruseDetector.Verdict;

/**
 * What one direction of one leg's link carries (design/links-and-ladder.md, section 6).
 *
 * <pre>
 *   onTimed -> [ packets ] -+-> [ queue ] -> [ baseShift ] -> [ detector ] ------+
 *               (skew)      +-> delivered rate (recent, busy) -------------------+-> [ rates ] -> estimate
 *           -> [ bursts ] -> spacing of what left together ----------------------+
 *   onRoundTrip -> [ roundTrips ] -> reading, while no packets are timed --------+   (proof)
 *   onLoss -> [ loss ] -> too much of it while the delay is flat ----------------+
 *   onSign, expectSigns -> [ silence ] -> freeze, then resume lower -------------+
 *   onSent -> [ flight ] -> mayTransmit, sent rate while no packets are timed ---+
 * </pre>
 *
 * Nothing that comes from the far end makes it throw: what cannot be is counted and forgotten.
 */
public final class CapacityEstimator {
    private static final long LOW_READING_NANOS = 200_000_000;
    private static final long HIGH_READING_NANOS = 100_000_000;
    /** When a reading is due it waits so long for packets that belong together. */
    private static final long TOGETHER_NANOS = 3_000_000;
    /** Packets after the last reading are read when no more of them came for so long. */
    private static final long SETTLE_NANOS = 150_000_000;
    /** Round trips tell of both directions: they count only while nothing better does. */
    private static final long TIMED_FRESH_NANOS = 3_000_000_000L;
    /** Where a base round trip is long by nature, the absolute limit alone would always be over. */
    private static final double SEVERE_RTT_FACTOR = 1.5;
    /** A delay that falls by this below the least of a minute: the clock moved and not the packet. */
    private static final double STEP_BACK_MS = 1_000;

    /** Feedback that stays out for so long: speech makes room as well, though nobody has seen a queue yet. */
    private static final double OVERDUE_MS = 1_000;

    private static final int SMALL_BYTES = 200;
    /** No datagram is longer. */
    private static final int MOST_BYTES = 65_535;

    private final EstimatorSettings settings;
    private final TimedPackets packets = new TimedPackets();
    private final Bursts bursts = new Bursts();
    private final QueueSignal queue;
    private final BaseShift baseShift = new BaseShift();
    private final OveruseDetector detector;
    private final RateController rates;
    private final RoundTrips roundTrips = new RoundTrips();
    private final LossShare loss;
    private final Silence silence;
    private final Flight flight;
    private final long startNanos;
    private final EnumMap<Oddity, Integer> oddities = new EnumMap<>(Oddity.class);
    private long lastNowNanos;
    private boolean timed;
    private long timedNanos;
    private long toldNanos;
    private long readArrivedNanos;
    private boolean unread;
    private boolean due;
    private double queueMs;

    public CapacityEstimator(EstimatorSettings settings, long nowNanos) {
        this.settings = settings;
        queue = new QueueSignal(settings.queue());
        detector = new OveruseDetector(settings.overuse());
        rates = new RateController(settings.rates(), nowNanos);
        loss = new LossShare(settings.loss());
        silence = new Silence(settings.silence(), nowNanos);
        flight = new Flight(settings.flight());
        startNanos = nowNanos;
        toldNanos = nowNanos;
        lastNowNanos = nowNanos;
    }

    /** Start knowledge; also after a reconnect. */
    public void hint(double kbps, Confidence confidence) {
        if (!(kbps > 0) || Double.isInfinite(kbps)) {
            odd(Oddity.ABSURD_REPORT);
            return;
        }
        rates.hint(kbps, confidence, lastNowNanos);
    }

    /**
     * One timed packet.
     *
     * @param sentNanos           when it left, on the sender's clock (on the downlink: the clock of {@code nowNanos})
     * @param arrivedNanos        when it came, on the receiver's clock; the two may differ by any offset and skew
     * @param cumulativeLinkBytes everything that was sent up to and including this packet and not reported lost
     *                            (downlink), or everything received so far (uplink)
     */
    public void onTimed(long sentNanos, long arrivedNanos, long cumulativeLinkBytes, long nowNanos) {
        onSign(nowNanos);
        // A stall lets go of many at once: they are one event, read when the last of them is in.
        if (due && packets.isLater(arrivedNanos)) {
            read();
        }
        @Nullable Oddity odd = packets.add(sentNanos, arrivedNanos, cumulativeLinkBytes, lastNowNanos);
        if (odd != null) {
            odd(odd);
        }
        if (odd == Oddity.REORDERED) {
            return;
        }
        if (odd == Oddity.CLOCK_STEP || packets.delayMs(0) < queue.baseMs() - STEP_BACK_MS) {
            forgetDelays();
        }
        if (odd != null) {
            bursts.clear();
        }
        bursts.add(sentNanos, arrivedNanos, cumulativeLinkBytes);
        flight.onConfirmed(sentNanos, roundTrips.leastMs(), lastNowNanos);
        timed = true;
        timedNanos = lastNowNanos;
        toldNanos = lastNowNanos;
        unread = true;
        long dueNanos = rates.high() ? HIGH_READING_NANOS : LOW_READING_NANOS;
        due = packets.arrivedNanos(0) - readArrivedNanos >= dueNanos;
    }

    public void onLoss(int lost, int expected, long nowNanos) {
        onSign(nowNanos);
        if (lost < 0 || expected <= 0 || lost > expected) {
            odd(Oddity.ABSURD_REPORT);
            return;
        }
        // In a queue that stands, the queue itself is judged; what it drops is no second reason.
        if (loss.add(lost, expected) && rates.state() == State.CLEAN) {
            rates.onCongestionLoss(lastNowNanos);
        }
    }

    public void onRoundTrip(long rttNanos, long nowNanos) {
        onSign(nowNanos);
        if (!roundTrips.add(rttNanos, lastNowNanos - startNanos)) {
            odd(Oddity.ABSURD_REPORT);
        } else if (!timed || lastNowNanos - timedNanos > TIMED_FRESH_NANOS) {
            // Where packets were timed once, a round trip is a poor second: the queue of the way back is in it too.
            toldNanos = timed ? toldNanos : lastNowNanos;
            readRoundTrip();
        }
    }

    /** Downlink only: bytes handed to the link now. */
    public void onSent(int linkBytes, long nowNanos) {
        at(nowNanos);
        flight.onSent(Math.max(0, Math.min(MOST_BYTES, linkBytes)), lastNowNanos);
    }

    /** Downlink only: bytes on the same link that nobody confirms to us. */
    public void onBeside(int linkBytes, long nowNanos) {
        at(nowNanos);
        flight.onBeside(Math.max(0, Math.min(MOST_BYTES, linkBytes)), lastNowNanos);
    }

    /** Something is expected from the far end: silence counts from the last sign of life. */
    public void expectSigns(boolean expected, long nowNanos) {
        at(nowNanos);
        silence.expect(expected, lastNowNanos);
    }

    /** Any packet or feedback at all. */
    public void onSign(long nowNanos) {
        at(nowNanos);
        if (silence.onSign(lastNowNanos)) {
            bursts.clear();
            rates.resume(settings.silence().resumeShare(), lastNowNanos);
        }
    }

    public void onNetworkChange(long nowNanos) {
        at(nowNanos);
        packets.clear();
        bursts.clear();
        forgetDelays();
        roundTrips.clear();
        loss.clear();
        rates.restart(settings.silence().resumeShare(), lastNowNanos);
    }

    public void onTick(long nowNanos) {
        at(nowNanos);
        if (unread && lastNowNanos - timedNanos >= settleNanos()) {
            read();
        }
        rates.onTick(lastNowNanos);
        silence.begins(roundTrips.leastMs(), lastNowNanos);
    }

    /** Later than the last {@code nowNanos}; {@code Long.MAX_VALUE} if nothing will happen by itself. */
    public long nextDeadlineNanos() {
        long waitNanos = Long.MAX_VALUE;
        if (unread) {
            waitNanos = timedNanos + settleNanos() - lastNowNanos;
        }
        if (rates.holding()) {
            waitNanos = Math.min(waitNanos, rates.holdEndNanos() - lastNowNanos);
        }
        long overdueNanos = flight.overdueNanos(OVERDUE_MS);
        if (watchesFeedback() && overdueNanos - lastNowNanos > 0) {
            waitNanos = Math.min(waitNanos, overdueNanos - lastNowNanos);
        }
        if (silence.waiting()) {
            waitNanos = Math.min(waitNanos, silence.deadlineNanos(roundTrips.leastMs()) - lastNowNanos);
        }
        return waitNanos == Long.MAX_VALUE ? Long.MAX_VALUE : lastNowNanos + Math.max(1, waitNanos);
    }

    public Estimate estimate() {
        boolean overdue = watchesFeedback() && flight.overdueMs(lastNowNanos) > OVERDUE_MS;
        State state = silence.silent() ? State.SILENT : overdue ? State.SEVERE : rates.state();
        Confidence confidence = rates.confidence(lastNowNanos);
        double ageMs = (lastNowNanos - toldNanos) / 1e6;
        return new Estimate(rates.kbps(), confidence, state, queueMs, loss.share(), roundTrips.leastMs(), ageMs);
    }

    /** What the link carried without a queue within the last half minute (link kbps); 0 if nothing is known. */
    public double provenKbps() {
        return rates.provenKbps(lastNowNanos);
    }

    /** What everything together may use while something flows that takes whatever there is (link kbps): at most the estimate. */
    public double elasticKbps() {
        return rates.elasticKbps(lastNowNanos);
    }

    /** Whether it is known where this link was full: else {@link #elasticKbps} is a hope beyond what flowed. */
    public boolean fullKnown() {
        return rates.goodKbps() > 0;
    }

    /** A queue stands, or has just been noticed and drains. */
    public boolean queueStands() {
        return rates.state() != State.CLEAN;
    }

    /** Whether something that is not audio may go out now: the in-flight limit of the low-rate regime. */
    public boolean mayTransmit(int linkBytes, long nowNanos) {
        at(nowNanos);
        if (silence.silent()) {
            return linkBytes <= SMALL_BYTES && flight.idleFor(settings.silence().probeMs(), lastNowNanos);
        }
        if (rates.state() == State.SEVERE) {
            return false;
        }
        if (watchesFeedback()) {
            // Pictures wait until it comes (section 6, the local brake).
            return !flight.tooLate(lastNowNanos);
        }
        return rates.high() || flight.fits(linkBytes, rates.kbps(), roundTrips.leastMs(), lastNowNanos);
    }

    /** Whether every packet is confirmed: only then does the absence of feedback mean anything so soon. */
    private boolean watchesFeedback() {
        return rates.high() && timed && flight.hasSent();
    }

    /** How often {@code oddity} was met. */
    public int count(Oddity oddity) {
        return oddities.getOrDefault(oddity, 0);
    }

    private void odd(Oddity oddity) {
        oddities.merge(oddity, 1, Integer::sum);
    }

    private void at(long nowNanos) {
        if (nowNanos - lastNowNanos > 0) {
            lastNowNanos = nowNanos;
        }
    }

    private void forgetDelays() {
        queue.clear();
        baseShift.clear();
        detector.clear();
        readArrivedNanos = packets.size() == 0 ? 0 : packets.arrivedNanos(0);
        queueMs = 0;
    }

    private long settleNanos() {
        return due ? TOGETHER_NANOS : SETTLE_NANOS;
    }

    private void read() {
        unread = false;
        due = false;
        readArrivedNanos = packets.arrivedNanos(0);
        if (!QueueSignal.readable(packets)) {
            return;
        }
        boolean high = rates.high();
        Reading reading = queue.read(packets, high);
        double noiseMs = reading.noiseMs();
        double halfLimitMs = detector.limitMs(noiseMs, high) / 2;
        double rttMs = roundTrips.leastMs();
        double recentKbps = DeliveredRate.recentKbps(packets, noiseMs, high);
        if (baseShift.found(reading, halfLimitMs, recentKbps, rates.goodKbps(), rttMs)) {
            queue.rebase();
            baseShift.clear();
            detector.clear();
            reading = queue.read(packets, high);
        }
        queueMs = reading.queueMs();
        double busyKbps = DeliveredRate.busyKbps(packets, queue.baseMs() + halfLimitMs, noiseMs);
        Verdict verdict = detector.judge(reading, high);
        if (verdict == Verdict.COLLAPSED || verdict == Verdict.SEVERE) {
            bursts.clear(); // it is another link now
        }
        RateController.Seen seen = new RateController.Seen(busyKbps, recentKbps, bursts.kbps());
        rates.onReading(verdict, reading, seen, rttMs, lastNowNanos);
    }

    /** While no packets are timed: the round trip stands for the delay, and what is sent for what is delivered. */
    private void readRoundTrip() {
        double roundQueueMs = roundTrips.queueMs();
        Reading reading = new Reading(roundQueueMs, roundQueueMs, 0, 0, 0, false, lastNowNanos);
        boolean severe = roundTrips.lastMs() > settings.overuse().severeRttMs()
                && roundTrips.lastMs() > SEVERE_RTT_FACTOR * roundTrips.leastMs();
        Verdict verdict = severe ? Verdict.SEVERE : detector.judge(reading, false);
        double sentKbps = flight.hasSent() ? flight.sentKbps(lastNowNanos) * (1 - loss.share()) : Double.NaN;
        queueMs = roundQueueMs;
        RateController.Seen seen = new RateController.Seen(sentKbps, sentKbps, Double.NaN);
        rates.onReading(verdict, reading, seen, roundTrips.leastMs(), lastNowNanos);
    }
}
