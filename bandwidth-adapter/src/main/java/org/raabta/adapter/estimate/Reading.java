package org.raabta.adapter.estimate;

/**
 * The queue as the last packets show it.
 *
 * @param queueMs   the standing part
 * @param tailMs    the least of the last three packets
 * @param noiseMs   the usual spread of delays, quartile to quartile
 * @param trendMs   by how much the queue grew over the window, as a straight line through its packets
 * @param riseMs    by how much longer the last of three packets took, each having taken longer than the one before; else 0
 * @param falling   the queue is past its peak and on its way out by itself
 * @param atNanos   arrival of the newest packet
 */
record Reading(
        double queueMs, double tailMs, double noiseMs, double trendMs, double riseMs, boolean falling, long atNanos) {}
