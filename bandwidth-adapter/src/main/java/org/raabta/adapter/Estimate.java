package org.raabta.adapter;

/**
 * What one direction of one leg's link carries, in link bits (IP, UDP, RTP, tag, RTCP, checks: everything).
 *
 * @param kbps       capacity; while the link is not full, what it has proven to carry and a little more
 * @param confidence how far to believe {@code kbps}
 * @param state      what the link is doing
 * @param queueMs    the standing part of the queue delay (what lasts, so that stalls do not count); 0 if unknown
 * @param loss       share of packets lost, 0 to 1, over the last reports that count
 * @param rttMs      round trip without a queue, as far as known; 0 if unknown
 * @param ageMs      since anything last told of the link's queue: what was sent later than a round trip before that is not answered
 */
public record Estimate(
        double kbps, Confidence confidence, State state, double queueMs, double loss, double rttMs, double ageMs) {
    /** What a link is doing, as far as one end can tell. */
    public enum State {
        /** Carries what is sent; the estimate may rise. */
        CLEAN,
        /** Between a decrease and the queue's draining. */
        DRAINING,
        /** A queue grows: the estimate is falling. */
        OVERUSED,
        /** A queue of over a second: everything that is not voice has to stop. */
        SEVERE,
        /** Nothing has come for longer than delay explains. */
        SILENT
    }

    /** Before anything is known. */
    public static final Estimate UNKNOWN = new Estimate(0, Confidence.NONE, State.CLEAN, 0, 0, 0, 0);
}
