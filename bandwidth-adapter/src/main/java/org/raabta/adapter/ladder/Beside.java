package org.raabta.adapter.ladder;

/**
 * What is transferred beside the call over the links of one direction: photos and messages, not the pictures of the rung itself.
 *
 * @param waiting  whether there is anything: speech stops growing then, and pictures leave what they can spare
 * @param flowKbps what flows of it, in link bits: proven as well as anything
 */
public record Beside(boolean waiting, double flowKbps) {
    /** Nothing is transferred. */
    public static final Beside NONE = new Beside(false, 0);
}
