package org.raabta.bench.emulator;

/**
 * One packet at one direction of a link: with the rate, all that is needed to redraw rate, queue and drops.
 *
 * @param atNanos   when it was offered, since the link began
 * @param ipBytes   its own length
 * @param wireBytes what it took of the link; 0 if it never entered the queue
 * @param leftNanos when its last bit was carried or it was lost
 */
public record LinkEvent(
        Way way, Transport transport, long atNanos, int ipBytes, int wireBytes, long leftNanos, Fate fate) {}
