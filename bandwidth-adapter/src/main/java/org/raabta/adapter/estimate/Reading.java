package org.raabta.adapter.estimate;

/**
 * The queue as the last packets show it.
 *
 * @param queueMs   the standing part
 * @param tailMs    the least of the last three packets
 * @param noiseMs   the usual spread of delays, quartile to quartile
 * @param trendMs   by how much the queue grew over the window, as a straight line through its packets
 * @param rising    each of the last three packets took clearly longer than the one before
 * @param falling   the queue is past its peak and on its way out by itself
 * @param packets   how many were read
 */
record Reading(
        double queueMs, double tailMs, double noiseMs, double trendMs, boolean rising, boolean falling, int packets) {}
