package org.raabta.signaling.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.raabta.relay.control.LegId;

/** What the engine wants done. Every call returns at once; answers come back as inputs. */
public interface TransferPort {
    /** A message of the protocol for a page; lost if it is away. */
    void say(LegId leg, ObjectNode message);

    /** A binary frame for a page; {@link Downloads#written} follows when its socket has taken it. */
    void frame(LegId leg, ChunkFrame frame);

    /** Bytes to be kept at {@code offset}; {@link Uploads#kept} or {@link Uploads#refuse} follows. */
    void keep(Upload upload, int offset, byte[] bytes);

    /** Every byte is kept: now it is to be checked. {@link Uploads#done} or {@link Uploads#refuse} follows. */
    void whole(Upload upload);

    /** What came of it is to be forgotten. */
    void discard(Upload upload, Refusal why);

    /** It grew, or stands still: worth telling others now and then. */
    void progress(Upload upload, double kbps);
}
