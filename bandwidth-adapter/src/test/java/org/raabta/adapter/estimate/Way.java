package org.raabta.adapter.estimate;

/**
 * One direction of a link for a while (design/links-and-ladder.md, section 2).
 *
 * @param kbps       its rate; 0 is an outage that loses everything
 * @param baseMs     what every packet takes
 * @param sdMs       of the delay that wanders on top, in order
 * @param stallMs    mean length of a stall; what it holds comes out together
 * @param stallEachS mean distance of two stalls; 0: none
 * @param queueMs    more than this is dropped
 * @param loss       share of the time in which packets are lost
 * @param burstMs    mean length of such a time; 0: each packet by its own chance
 * @param gapMs      the rate is 0 for so long and the queue stays
 * @param gapEachS   so often; 0: never
 * @param walk       the rate walks at random between 0.3 and 1.5 times {@code kbps}
 */
record Way(
        double kbps,
        double baseMs,
        double sdMs,
        double stallMs,
        double stallEachS,
        double queueMs,
        double loss,
        double burstMs,
        double gapMs,
        double gapEachS,
        boolean walk) {
    static Way of(double kbps, double baseMs, double queueMs) {
        return new Way(kbps, baseMs, 0, 0, 0, queueMs, 0, 0, 0, 0, false);
    }

    Way kbps(double other) {
        return new Way(other, baseMs, sdMs, stallMs, stallEachS, queueMs, loss, burstMs, gapMs, gapEachS, walk);
    }

    Way jitter(double sd) {
        return new Way(kbps, baseMs, sd, stallMs, stallEachS, queueMs, loss, burstMs, gapMs, gapEachS, walk);
    }

    Way stalls(double meanMs, double eachS) {
        return new Way(kbps, baseMs, sdMs, meanMs, eachS, queueMs, loss, burstMs, gapMs, gapEachS, walk);
    }

    Way losing(double share, double meanBurstMs) {
        return new Way(kbps, baseMs, sdMs, stallMs, stallEachS, queueMs, share, meanBurstMs, gapMs, gapEachS, walk);
    }

    Way gaps(double lengthMs, double eachS) {
        return new Way(kbps, baseMs, sdMs, stallMs, stallEachS, queueMs, loss, burstMs, lengthMs, eachS, walk);
    }

    Way walking() {
        return new Way(kbps, baseMs, sdMs, stallMs, stallEachS, queueMs, loss, burstMs, gapMs, gapEachS, true);
    }
}
