package org.raabta.relay.control;

/**
 * What a page says it received since its last report: where receiver reports and feedback are too dear. Not to be trusted
 * further than its own leg.
 *
 * @param packets        of audio
 * @param lost           of audio
 * @param linkBytes      of everything
 * @param jitterBufferMs mean time that audio waited in the jitter buffer
 */
public record PageReport(int packets, int lost, int linkBytes, double jitterBufferMs) {}
