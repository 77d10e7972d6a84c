package org.raabta.adapter.estimate;

/**
 * The estimator's constants (design/links-and-ladder.md, section 6), one group per stage. The bench corrects them.
 *
 * @param queue   how a standing queue is told from stalls and jitter
 * @param overuse from when on a standing queue is one too many
 * @param rates   how the estimate falls and grows
 * @param loss    which losses count
 * @param flight  how much may be unconfirmed on a thin link
 * @param silence what happens when nothing comes
 */
public record EstimatorSettings(Queue queue, Overuse overuse, Rates rates, Loss loss, Flight flight, Silence silence) {
    public static final EstimatorSettings DEFAULTS = new EstimatorSettings(
            new Queue(60_000, 1_000, 8, 0.2),
            new Overuse(150, 80, 2.4, 2, 600, 1_200, 2_500),
            new Rates(0.85, 0.6, 60, 4_000, 3_000, 0.5, 0.04, 0.08, 0.9, 1.5, 120),
            new Loss(0.10, 20),
            new Flight(600, 400),
            new Silence(3_000, 2_000, 0.5));

    /**
     * @param baselineMs    how long the least delay is remembered
     * @param windowMs      packets of this time make one reading, and
     * @param windowPackets at least so many
     * @param quantile      of their delays is the standing part: what a stall or jitter adds lies above it
     */
    public record Queue(double baselineMs, double windowMs, int windowPackets, double quantile) {}

    /**
     * @param lowQueueMs  a standing queue that counts below {@link Rates#lowBelowKbps}
     * @param highQueueMs the same above it
     * @param noiseFactor the queue has to exceed the usual spread of delays (quartile to quartile) this many times as well; 1.5
     *                    of the design is what jitter that wanders reaches by itself
     * @param readings    so many readings in a row
     * @param atOnceMs    a queue that counts in one reading
     * @param severeMs    a queue at which everything but voice stops
     * @param severeRttMs a round trip that means the same, where delays are not known
     */
    public record Overuse(
            double lowQueueMs,
            double highQueueMs,
            double noiseFactor,
            int readings,
            double atOnceMs,
            double severeMs,
            double severeRttMs) {}

    /**
     * @param decrease          share of the delivered rate that is left after over-use
     * @param severeDecrease    the same at a severe queue
     * @param drainedMs         the queue that ends the hold after a decrease
     * @param drainMs           the longest hold
     * @param cleanMs           so long without over-use before a slow growth
     * @param growKbps          least slow growth per second
     * @param growShare         slow growth per second
     * @param recoverShare      growth per second towards the last good capacity, and everywhere above {@code lowBelowKbps}
     * @param recoverBelow      the share of the last good capacity at which slow growth begins
     * @param fastStartFactor   growth per second until the first over-use
     * @param lowBelowKbps      where the low-rate regime ends
     */
    public record Rates(
            double decrease,
            double severeDecrease,
            double drainedMs,
            double drainMs,
            double cleanMs,
            double growKbps,
            double growShare,
            double recoverShare,
            double recoverBelow,
            double fastStartFactor,
            double lowBelowKbps) {}

    /**
     * @param ignoredBelow share of lost packets that means nothing while the delay is flat
     * @param minPackets   a share of fewer packets is no figure
     */
    public record Loss(double ignoredBelow, int minPackets) {}

    /**
     * @param minBytes may be in flight always
     * @param extraMs  beyond the least round trip
     */
    public record Flight(int minBytes, double extraMs) {}

    /**
     * @param afterMs     nothing for so long (or two round trips and an interval) is silence
     * @param probeMs     one small packet in this time while silent
     * @param resumeShare of the last delivered rate is where it goes on
     */
    public record Silence(double afterMs, double probeMs, double resumeShare) {}
}
