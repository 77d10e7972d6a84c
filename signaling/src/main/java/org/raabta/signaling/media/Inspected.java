package org.raabta.signaling.media;

/**
 * What is kept of an upload.
 *
 * @param kept    the bytes without what tells of place and device; the same array where nothing had to go
 * @param changed whether something was taken out
 * @param width   pixels, 0 of sound
 * @param height  pixels, 0 of sound
 */
@SuppressWarnings("ArrayRecordComponent") // identity is never asked of it
public record Inspected(byte[] kept, boolean changed, int width, int height) {}
