package org.raabta.signaling.exchange;

import java.time.Duration;
import org.raabta.signaling.transfer.ItemKind;

/**
 * How much of what a consultation takes.
 *
 * @param consultBytes of all files of a consultation
 * @param consultFiles how many
 * @param keepPartial  an upload that did not grow for so long is given up
 * @param finish       so long after its end what was begun may be finished over HTTP
 */
public record Limits(
        int photoBytes, int noteBytes, long consultBytes, int consultFiles, Duration keepPartial, Duration finish) {
    /** Of one consultation; texts of a day-long talk. */
    static final int MOST_MESSAGES = 2000;
    /** What happened: an endless flapping of a link is told once too seldom rather than for ever. */
    static final int MOST_EVENTS = 500;

    private static final int THUMB_BYTES = 16 * 1024;
    private static final int STILL_BYTES = 64 * 1024;

    int bytes(ItemKind kind) {
        return switch (kind) {
            case PHOTO -> photoBytes;
            case NOTE -> noteBytes;
            case THUMB -> THUMB_BYTES;
            case STILL -> STILL_BYTES;
        };
    }
}
