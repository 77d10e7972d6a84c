package org.raabta.relay.call;

/**
 * What a receiver's last transport-wide feedback said of our packets.
 *
 * @param ackedBytes   link bytes that it newly confirmed
 * @param lost         packets of ours it called missing
 * @param reported     packets of ours it spoke of, but for those confirmed before
 * @param delayTrendMs how much longer the last of them took than the first: above zero a queue grows
 */
record TransportFigures(long ackedBytes, int lost, int reported, double delayTrendMs) {
    /** Share lost, 0 to 1. */
    double loss() {
        return reported == 0 ? 0 : (double) lost / reported;
    }
}
