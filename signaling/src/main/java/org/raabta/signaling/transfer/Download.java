package org.raabta.signaling.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import org.raabta.signaling.http.Json;

/** One item on its way to one page. Owned by {@link Downloads}. */
final class Download {
    private final String id;
    private final ItemKind kind;
    private final byte[] bytes;
    private final ObjectNode header;
    private final long takenAtNanos;
    int number;
    int sent;
    int acknowledged;

    /**
     * @param header       what its {@code give} says of it
     * @param takenAtNanos when a still was taken
     */
    Download(String id, ItemKind kind, byte[] bytes, int offset, ObjectNode header, long takenAtNanos) {
        this.id = id;
        this.kind = kind;
        this.bytes = bytes;
        this.header = header;
        this.takenAtNanos = takenAtNanos;
        this.sent = offset;
        this.acknowledged = offset;
    }

    String id() {
        return id;
    }

    ItemKind kind() {
        return kind;
    }

    int size() {
        return bytes.length;
    }

    boolean begun() {
        return number != 0;
    }

    boolean allSent() {
        return sent == bytes.length;
    }

    ObjectNode give(int window, long nowNanos) {
        ObjectNode json = Json.object()
                .put("t", "give")
                .put("n", number)
                .put("id", id)
                .put("kind", kind.label())
                .put("bytes", bytes.length);
        json.setAll(header);
        if (kind == ItemKind.STILL) {
            json.put("age", Math.max(0, (nowNanos - takenAtNanos) / 1_000_000));
        }
        return json.put("off", sent).put("win", window);
    }

    ChunkFrame chunk(int most) {
        int size = Math.min(most, bytes.length - sent);
        ChunkFrame frame = new ChunkFrame(number, false, sent, Arrays.copyOfRange(bytes, sent, sent + size));
        sent += size;
        return frame;
    }
}
