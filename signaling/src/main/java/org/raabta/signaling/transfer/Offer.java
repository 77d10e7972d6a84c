package org.raabta.signaling.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An item that somebody wants to send, as its page describes it.
 *
 * @param id    16 base64url characters, drawn by the page
 * @param bytes its size
 * @param type  its media type, one that is taken for its kind
 * @param sha   SHA-256 of all bytes, base64url; empty for stills
 * @param ageMs since a still was taken
 * @param meta  what else is told of it: {@code view}, {@code w}, {@code h}, {@code ms}, {@code thumb}, {@code for}
 */
public record Offer(String id, ItemKind kind, int bytes, String type, String sha, int ageMs, ObjectNode meta) {
    /** Whether it is the same item and not another one under its id. */
    public boolean same(Offer other) {
        return id.equals(other.id) && kind == other.kind && bytes == other.bytes && sha.equals(other.sha);
    }
}
