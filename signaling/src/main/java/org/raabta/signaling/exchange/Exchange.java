package org.raabta.signaling.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.TransferRoom;
import org.raabta.signaling.floor.Floor;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.timeline.Entry;
import org.raabta.signaling.timeline.EntryJson;
import org.raabta.signaling.timeline.Kind;
import org.raabta.signaling.timeline.Status;
import org.raabta.signaling.transfer.ChunkFrame;
import org.raabta.signaling.transfer.Flow;
import org.raabta.signaling.transfer.ItemKind;
import org.raabta.signaling.transfer.Offer;
import org.raabta.signaling.transfer.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything of one consultation that travels beside its call. What was kept in earlier lives of the server is loaded when somebody
 * first comes; what comes meanwhile waits. Belongs to the room's loop.
 */
public final class Exchange {
    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final long BUSY_NANOS = 400_000_000L;
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(5);

    private static final List<Optional<ItemKind>> NOTHING = List.of(Optional.empty(), Optional.empty());

    private final long consult;
    private final Shelf shelf;
    private final Outside outside;
    private final EventExecutor loop;
    private final Chronicle chronicle;
    private final Intake intake;
    private final Works works;
    private final HttpWaiters waiters = new HttpWaiters();
    private final Floor floor = new Floor();
    private final Map<LegId, TransferRoom> rooms = new HashMap<>();
    private final Map<LegId, List<Optional<ItemKind>>> underWay = new HashMap<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private boolean loaded;
    private boolean loading;
    private @Nullable Instant overAt;
    private boolean closed;
    private @Nullable Future<?> timer;

    public Exchange(long consult, Shelf shelf, Outside outside, EventExecutor loop, InstantSource clock) {
        this.consult = consult;
        this.shelf = shelf;
        this.outside = outside;
        this.loop = loop;
        this.chronicle = new Chronicle(consult, shelf, outside, loop, clock);
        this.intake = new Intake(consult, shelf, chronicle, loop, clock);
        this.works = new Works(consult, shelf, outside, chronicle, intake, waiters, new Loop());
    }

    /** A page's socket is open. */
    public void open(LegId leg, String role) {
        when(() -> {
            chronicle.open(leg, role);
            works.open(leg, rooms.getOrDefault(leg, Flow.NO_CALL));
            if (floor.holder().isPresent()) {
                outside.send(leg, floorJson(leg));
            }
        });
    }

    /** A page's socket is gone; what it was sending waits for it. */
    public void close(LegId leg) {
        when(() -> {
            chronicle.close(leg);
            works.close(leg);
            underWay.remove(leg);
            if (floor.release(leg, now())) {
                tellFloor();
            }
        });
    }

    /** The leg itself is gone. */
    public void forget(LegId leg) {
        rooms.remove(leg);
        close(leg);
    }

    /** What the leg's transfers may use of its link from now on. */
    public void room(LegId leg, TransferRoom room) {
        if (!room.equals(rooms.put(leg, room))) {
            when(() -> works.room(leg, room));
        }
    }

    public void put(LegId leg, int number, Offer offer) {
        when(() -> works.put(leg, number, offer));
    }

    public void frame(LegId leg, ChunkFrame frame) {
        when(() -> works.frame(leg, frame));
    }

    /** Gives an unfinished item up; only who sends it may. */
    public void cancel(String role, String id) {
        when(() -> works.cancel(role, id));
    }

    public void get(LegId leg, String id, int offset) {
        when(() -> works.get(leg, id, offset));
    }

    public void drop(LegId leg, String id) {
        when(() -> works.downloads().drop(leg, id, now()));
    }

    /** A live picture that the relay took out of a sender's video. */
    public void still(LegId receiver, String from, byte[] webp, int width, int height) {
        when(() -> works.still(receiver, from, webp, width, height));
    }

    /**
     * The page of {@code role} has something, or its person has seen it.
     *
     * @param id a file; without one it is all messages and requests up to {@code version} of the time line
     */
    public void reached(Optional<LegId> leg, String role, Optional<String> id, long version, boolean seen) {
        when(() -> {
            Status status = seen ? Status.SEEN : Status.DELIVERED;
            if (id.isEmpty()) {
                chronicle.upTo(role, version, status);
                return;
            }
            leg.ifPresent(page -> works.downloads().drop(page, id.get(), now()));
            chronicle
                    .find(id.get())
                    .filter(entry -> !entry.by().equals(role) && entry.status().kept())
                    .filter(entry -> entry.status().compareTo(status) < 0)
                    .ifPresent(entry -> chronicle.change(entry, status));
        });
    }

    public void asked(LegId leg, long from) {
        when(() -> chronicle.asked(leg, from));
    }

    /** @param leg the page that wrote it; nobody's over HTTP */
    public void message(Optional<LegId> leg, String role, String id, String text) {
        when(() -> say(leg, role, id, Kind.MSG, Json.object().put("text", text)));
    }

    public void photoRequest(Optional<LegId> leg, String role, String id, String view) {
        when(() -> say(leg, role, id, Kind.ASK, Json.object().put("view", view)));
    }

    private void say(Optional<LegId> leg, String role, String id, Kind kind, ObjectNode body) {
        Optional<Entry> known = chronicle.find(id);
        if (known.isPresent() || overAt != null) {
            return;
        }
        if (chronicle.all().size() < Limits.MOST_MESSAGES) {
            leg.ifPresent(writer -> chronicle.written(id, writer));
            chronicle.add(kind, Status.SENT, id, role, clockNow(), body);
        }
    }

    /** Something happened that people should find in the time line. */
    public void event(String what, String by, ObjectNode more) {
        when(() -> chronicle.event(what, by, more));
    }

    public void floor(LegId leg, boolean wanted) {
        when(() -> {
            boolean changed = wanted ? floor.want(leg, now()) : floor.release(leg, now());
            if (changed) {
                tellFloor();
            } else if (wanted && floor.holder().filter(leg::equals).isEmpty()) {
                outside.send(leg, floorJson(leg));
            }
        });
    }

    private void tellFloor() {
        outside.floor(floor.holder());
        chronicle.legs().forEach(leg -> outside.send(leg, floorJson(leg)));
    }

    private ObjectNode floorJson(LegId leg) {
        ObjectNode json = Json.object().put("t", "floor");
        floor.holder().ifPresent(holder -> {
            json.put("by", chronicle.role(holder));
            if (holder.equals(leg)) {
                json.put("you", 1);
            }
            json.put("left", TimeUnit.NANOSECONDS.toSeconds(floor.leftNanos(now())));
        });
        return json;
    }

    /** The consultation is over: pages send nothing more; what was begun may be finished over HTTP for a while. */
    public void over(Instant at) {
        when(() -> {
            overAt = at;
            chronicle.legs().forEach(this::close);
        });
    }

    /** What did not grow for too long is given up; also what no page is sending. */
    public void expirePartials() {
        when(() -> {
            var oldest = clockNow().minus(shelf.limits().keepPartial());
            for (Entry entry : chronicle.all()) {
                if (entry.status() == Status.COMING
                        && entry.changedAt().isBefore(oldest)
                        && works.uploads().find(entry.id()).isEmpty()) {
                    intake.forget(entry.id(), Refusal.TOO_SLOW);
                }
            }
        });
    }

    /** For HTTP: runs when everything is loaded. */
    public HttpExchange http() {
        return new HttpExchange(
                this, new HttpExchange.Parts(consult, chronicle, intake, works.uploads(), waiters, shelf));
    }

    /** The room is no more. */
    public void closed() {
        closed = true;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** When the consultation was over, if it is. */
    Optional<Instant> overAt() {
        return Optional.ofNullable(overAt);
    }

    /** What a page of this role may use now where there is a call: kbps. */
    Optional<Double> pace(String role) {
        return chronicle.of(role).stream()
                .map(rooms::get)
                .filter(room -> room != null && !room.equals(Flow.NO_CALL))
                .map(room -> room.up().kbps())
                .findFirst();
    }

    long now() {
        return loop.ticker().nanoTime();
    }

    private Instant clockNow() {
        return chronicle.now();
    }

    /** Runs {@code action} now, or when what was kept has been loaded. */
    void when(Runnable action) {
        if (loaded) {
            action.run();
            tellUnderWay();
            arm();
            return;
        }
        waiting.add(action);
        if (!loading) {
            loading = true;
            var unused = shelf.entries()
                    .of(consult)
                    .thenCombine(shelf.files().sizes(consult), Loaded::new)
                    .whenCompleteAsync(this::restore, loop);
        }
    }

    private record Loaded(List<org.raabta.signaling.records.EntryRow> rows, Map<String, Integer> sizes) {}

    private void restore(@Nullable Loaded found, @Nullable Throwable failure) {
        loading = false;
        if (found == null) {
            // What waits goes on waiting: the next input tries again.
            LOG.error("a time line could not be loaded", failure);
            return;
        }
        guarded(() -> {
            chronicle.restore(found.rows.stream().map(EntryJson::entry).toList());
            intake.restore(found.sizes);
            loaded = true;
        });
        while (loaded && !waiting.isEmpty()) {
            guarded(() -> when(waiting.remove()));
        }
    }

    private void arm() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
        if (closed) {
            return;
        }
        long now = now();
        long delay = works.uploads().busy() ? BUSY_NANOS : QUIET_NANOS;
        OptionalLong next = works.nextDeadlineNanos();
        if (next.isPresent()) {
            delay = Math.min(delay, next.getAsLong() - now);
        }
        if (floor.nextDeadlineNanos().isPresent()) {
            delay = Math.min(delay, floor.nextDeadlineNanos().getAsLong() - now);
        }
        timer = loop.schedule(this::tick, Math.max(1_000_000, delay), TimeUnit.NANOSECONDS);
    }

    private void tick() {
        guarded(() -> when(() -> {
            works.tick();
            if (floor.tick(now())) {
                tellFloor();
            }
        }));
    }

    /** For what comes from elsewhere than the room, which guards its own calls. */
    private static void guarded(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            LOG.error("the exchange of a consultation met a bug", e);
        }
    }

    private void tellUnderWay() {
        for (LegId leg : chronicle.legs()) {
            List<Optional<ItemKind>> now =
                    List.of(works.urgentUp(leg), works.downloads().urgent(leg));
            if (!now.equals(Optional.ofNullable(underWay.put(leg, now)).orElse(NOTHING))) {
                outside.underWay(leg, now.get(0), now.get(1));
            }
        }
    }

    private final class Loop implements Works.Back {
        @Override
        public void later(Runnable action) {
            loop.execute(() -> guarded(() -> when(action)));
        }

        @Override
        public long nowNanos() {
            return now();
        }
    }
}
