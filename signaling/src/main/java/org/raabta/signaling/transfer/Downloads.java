package org.raabta.signaling.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.TransferRoom;
import org.raabta.signaling.http.Json;

/** Everything that goes out to the pages of one consultation, chunk by chunk, one chunk of a page in its socket at a time. */
public final class Downloads {
    private static final int MOST_WAITING = 8;
    private static final long TELL_NANOS = 3_000_000_000L;

    private final TransferPort port;
    private final Map<LegId, Lane> lanes = new HashMap<>();

    /** One page that is sent to. */
    private static final class Lane {
        /** In order of arrival. */
        final List<Download> waiting = new ArrayList<>();

        final Rate rate = new Rate();
        TransferRoom room = Flow.NO_CALL;
        long freeAtNanos;
        long toldAtNanos;
        /** A frame is on its way into the socket. */
        boolean writing;

        int lastNumber;
        int toldWindow;

        int unacknowledged() {
            return waiting.stream().mapToInt(one -> one.sent - one.acknowledged).sum();
        }

        /** The most urgent that has bytes left; one that has begun goes before its like. */
        Optional<Download> next() {
            return waiting.stream()
                    .filter(one -> !one.allSent())
                    .min(Comparator.comparing(Download::kind).thenComparing(one -> !one.begun()));
        }

        int number() {
            do {
                lastNumber = lastNumber % ChunkFrame.MOST_NUMBER + 1;
            } while (waiting.stream().anyMatch(one -> one.number == lastNumber));
            return lastNumber;
        }
    }

    public Downloads(TransferPort port) {
        this.port = port;
    }

    /** The page is here, with a new socket: what it still wants it asks for again. */
    public void open(LegId leg, TransferRoom room, long nowNanos) {
        Lane lane = new Lane();
        lane.room = room;
        lane.freeAtNanos = nowNanos;
        lane.toldAtNanos = nowNanos;
        lanes.put(leg, lane);
    }

    public void close(LegId leg) {
        lanes.remove(leg);
    }

    public void room(LegId leg, TransferRoom room, long nowNanos) {
        Lane lane = lanes.get(leg);
        if (lane != null) {
            lane.room = room;
            pump(leg, lane, nowNanos);
        }
    }

    /**
     * An item for a page; one that runs begins anew at {@code offset}.
     *
     * @param header fields of {@code give} beside the usual ones
     * @return false if too many wait already
     */
    public boolean give(
            LegId leg, String id, ItemKind kind, byte[] bytes, int offset, ObjectNode header, long nowNanos) {
        Lane lane = lanes.get(leg);
        if (lane == null || offset < 0 || offset > bytes.length) {
            return false;
        }
        lane.waiting.removeIf(one -> one.id().equals(id));
        if (lane.waiting.size() >= MOST_WAITING) {
            return false;
        }
        lane.waiting.add(new Download(id, kind, bytes, offset, header, nowNanos));
        pump(leg, lane, nowNanos);
        return true;
    }

    /** A live picture: it replaces one that has not begun. */
    public void still(LegId leg, String id, byte[] bytes, ObjectNode header, long takenAtNanos, long nowNanos) {
        Lane lane = lanes.get(leg);
        if (lane != null) {
            lane.waiting.removeIf(one -> one.kind() == ItemKind.STILL && !one.begun());
            lane.waiting.add(new Download(id, ItemKind.STILL, bytes, 0, header, takenAtNanos));
            pump(leg, lane, nowNanos);
        }
    }

    /** The page says: everything below is here. */
    public void acknowledged(LegId leg, int number, int offset, long nowNanos) {
        Lane lane = lanes.get(leg);
        if (lane == null) {
            return;
        }
        for (Download one : List.copyOf(lane.waiting)) {
            if (one.number == number && offset > one.acknowledged && offset <= one.sent) {
                lane.rate.add(offset - one.acknowledged, nowNanos);
                one.acknowledged = offset;
                if (one.acknowledged == one.size()) {
                    lane.waiting.remove(one);
                }
            }
        }
        pump(leg, lane, nowNanos);
    }

    /** The page does not want it now, or has it. */
    public void drop(LegId leg, String id, long nowNanos) {
        Lane lane = lanes.get(leg);
        if (lane != null && lane.waiting.removeIf(one -> one.id().equals(id))) {
            pump(leg, lane, nowNanos);
        }
    }

    /** The socket has taken the last frame. */
    public void written(LegId leg, long nowNanos) {
        Lane lane = lanes.get(leg);
        if (lane != null) {
            lane.writing = false;
            pump(leg, lane, nowNanos);
        }
    }

    public void tick(long nowNanos) {
        lanes.forEach((leg, lane) -> pump(leg, lane, nowNanos));
    }

    /** Of items that others sent and a page fetches: how far they are, at most every three seconds. */
    public void progress(long nowNanos, ProgressPort told) {
        lanes.forEach((leg, lane) -> {
            if (nowNanos - lane.toldAtNanos >= TELL_NANOS) {
                lane.toldAtNanos = nowNanos;
                for (Download one : lane.waiting) {
                    if (one.begun() && one.kind() != ItemKind.STILL && one.kind() != ItemKind.THUMB) {
                        told.fetched(leg, one.id(), one.acknowledged, one.size(), lane.rate.kbps(nowNanos));
                    }
                }
            }
        });
    }

    /** Hears of progress. */
    public interface ProgressPort {
        void fetched(LegId by, String id, int offset, int bytes, double kbps);
    }

    /** When {@link #tick} is next worth calling; nothing while only others can change something. */
    public OptionalLong nextDeadlineNanos(long nowNanos) {
        OptionalLong next = OptionalLong.empty();
        for (Lane lane : lanes.values()) {
            if (ready(lane)) {
                long wait = Math.max(1_000_000, lane.freeAtNanos - nowNanos);
                next = OptionalLong.of(Math.min(next.orElse(Long.MAX_VALUE), wait));
            }
        }
        return next.isEmpty() ? next : OptionalLong.of(nowNanos + next.getAsLong());
    }

    /** The most urgent thing that a page is being sent. */
    public Optional<ItemKind> urgent(LegId leg) {
        Lane lane = lanes.get(leg);
        return lane == null ? Optional.empty() : lane.next().map(Download::kind);
    }

    private static boolean ready(Lane lane) {
        Flow flow = Flow.down(lane.room, 0);
        // With its least window: a lane that waits for acknowledgements is woken by them.
        return !lane.writing && !flow.paused() && lane.next().isPresent() && lane.unacknowledged() < flow.windowBytes();
    }

    private void pump(LegId leg, Lane lane, long nowNanos) {
        Flow flow = Flow.down(lane.room, lane.rate.kbps(nowNanos));
        if (lane.writing || flow.paused() || nowNanos - lane.freeAtNanos < 0) {
            return;
        }
        Optional<Download> found = lane.next();
        int room = flow.windowBytes() - lane.unacknowledged();
        if (found.isEmpty() || room <= 0) {
            return;
        }
        Download next = found.get();
        if (!next.begun()) {
            next.number = lane.number();
            lane.toldWindow = flow.windowBytes();
            port.say(leg, next.give(flow.windowBytes(), nowNanos));
        } else if (flow.windowBytes() > 2 * lane.toldWindow || lane.toldWindow > 2 * flow.windowBytes()) {
            lane.toldWindow = flow.windowBytes();
            port.say(leg, Json.object().put("t", "give").put("n", next.number).put("win", lane.toldWindow));
        }
        ChunkFrame chunk = next.chunk(Math.min(flow.chunkBytes(), room));
        lane.writing = true;
        lane.freeAtNanos = nowNanos + flow.costNanos(chunk.bytes().length);
        port.frame(leg, chunk);
    }
}
