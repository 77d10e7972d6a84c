package org.raabta.signaling.transfer;

import org.raabta.relay.control.TransferRoom;
import org.raabta.relay.control.TransferRoom.Pause;

/**
 * How one way of a leg's link may be filled with items.
 *
 * @param kbps        link bits a second; 0 is a pause
 * @param windowBytes that may be on their way and unacknowledged, all items together
 * @param chunkBytes  the largest chunk
 * @param why         it is a pause; else empty
 */
public record Flow(double kbps, int windowBytes, int chunkBytes, String why) {
    /** IP, TCP, TLS and the frame: what a chunk costs beside its bytes. */
    public static final int OVERHEAD_BYTES = 75;

    static final Flow PAUSED = new Flow(0, 1200, 60, "silent");

    private static final double FREE_KBPS = 4000;
    private static final TransferRoom.Way FREE = new TransferRoom.Way(FREE_KBPS, Pause.NONE);
    /** There is no voice that could be hurt: what comes through is all that limits. */
    public static final TransferRoom NO_CALL = new TransferRoom(FREE, FREE, 0);

    private static final int LEAST_CHUNK = 60;
    private static final int PAGE_CHUNK = 400;
    /** 250 ms of the budget (design/links-and-ladder.md, section 7). */
    private static final double CHUNK_MS = 250;

    private static final int LEAST_WINDOW = 1200;
    /** Without a call: enough to begin with on GPRS; more as soon as more comes through. */
    private static final int FREE_WINDOW = 4000;

    private static final int MOST_WINDOW = 64_000;
    /**
     * What may be on its way beside the round trip itself, in round trips: a chunk, an acknowledgement that waits, a stall. What TCP has
     * when a link falls goes out in its time whatever is said: a second of a good link is ten of a thin one.
     */
    private static final double SLACK_ROUNDS = 2;

    private static final double LEAST_SLACK_MS = 300;
    private static final double MOST_SLACK_MS = 1000;

    private static final double UNKNOWN_RTT_MS = 1300;
    /** Without a call so much of what comes through is on its way. */
    private static final double FREE_MS = 2000;

    static Flow of(TransferRoom.Way way, double rttMs, double measuredKbps, int mostChunk) {
        if (way.paused()) {
            return new Flow(0, LEAST_WINDOW, LEAST_CHUNK, way.pause().label());
        }
        double window = way.kbps() >= FREE_KBPS
                ? Math.max(FREE_WINDOW, measuredKbps * FREE_MS / 8)
                : way.kbps() * underWayMs(rttMs > 0 ? rttMs : UNKNOWN_RTT_MS) / 8;
        double chunk = way.kbps() * CHUNK_MS / 8 - OVERHEAD_BYTES;
        return new Flow(
                way.kbps(),
                (int) Math.max(LEAST_WINDOW, Math.min(MOST_WINDOW, window)),
                (int) Math.max(LEAST_CHUNK, Math.min(mostChunk, chunk)),
                "");
    }

    private static double underWayMs(double rttMs) {
        return rttMs + Math.max(LEAST_SLACK_MS, Math.min(MOST_SLACK_MS, SLACK_ROUNDS * rttMs));
    }

    /** For what a page sends. */
    static Flow up(TransferRoom room, double measuredKbps) {
        return of(room.up(), room.rttMs(), measuredKbps, PAGE_CHUNK);
    }

    /** For what it is sent. */
    static Flow down(TransferRoom room, double measuredKbps) {
        return of(room.down(), room.rttMs(), measuredKbps, ChunkFrame.MOST_BYTES);
    }

    boolean paused() {
        return kbps <= 0;
    }

    /** How long a chunk takes at this pace. */
    long costNanos(int bytes) {
        return (long) ((bytes + OVERHEAD_BYTES) * 8e6 / kbps);
    }
}
