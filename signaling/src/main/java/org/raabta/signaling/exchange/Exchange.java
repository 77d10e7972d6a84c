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
import org.raabta.signaling.floor.Floor;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.media.Inspected;
import org.raabta.signaling.timeline.Entry;
import org.raabta.signaling.timeline.EntryJson;
import org.raabta.signaling.timeline.Kind;
import org.raabta.signaling.timeline.Status;
import org.raabta.signaling.transfer.ChunkFrame;
import org.raabta.signaling.transfer.Downloads;
import org.raabta.signaling.transfer.ItemKind;
import org.raabta.signaling.transfer.LinkRoom;
import org.raabta.signaling.transfer.Offer;
import org.raabta.signaling.transfer.Refusal;
import org.raabta.signaling.transfer.TransferJson;
import org.raabta.signaling.transfer.TransferPort;
import org.raabta.signaling.transfer.Upload;
import org.raabta.signaling.transfer.Uploads;
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
    private final Uploads uploads;
    private final Downloads downloads;
    private final HttpWaiters waiters = new HttpWaiters();
    private final Floor floor = new Floor();
    private final Map<LegId, LinkRoom> rooms = new HashMap<>();
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
        Port port = new Port();
        this.uploads = new Uploads(port, shelf.limits().keepPartial().toNanos());
        this.downloads = new Downloads(port);
    }

    /** A page's socket is open. */
    public void open(LegId leg, String role) {
        when(() -> {
            chronicle.open(leg, role);
            LinkRoom room = rooms.getOrDefault(leg, LinkRoom.NO_CALL);
            uploads.open(leg, room, now());
            downloads.open(leg, room, now());
            if (floor.holder().isPresent()) {
                outside.send(leg, floorJson(leg));
            }
        });
    }

    /** A page's socket is gone; what it was sending waits for it. */
    public void close(LegId leg) {
        when(() -> {
            chronicle.close(leg);
            uploads.close(leg);
            downloads.close(leg);
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
    public void room(LegId leg, LinkRoom room) {
        if (!room.equals(rooms.put(leg, room))) {
            when(() -> {
                uploads.room(leg, room, now());
                downloads.room(leg, room, now());
            });
        }
    }

    public void put(LegId leg, int number, Offer offer) {
        when(() -> {
            String by = chronicle.role(leg);
            boolean more = uploads.find(offer.id()).isEmpty() && uploads.full(leg);
            if (more) {
                outside.send(leg, TransferJson.refuse(offer.id(), number, Refusal.TOO_MANY));
            } else if (offer.kind() == ItemKind.STILL) {
                if (offer.bytes() > shelf.limits().bytes(ItemKind.STILL)) {
                    outside.send(leg, TransferJson.refuse(offer.id(), number, Refusal.TOO_LARGE));
                } else {
                    uploads.put(leg, by, number, offer, 0, now());
                }
            } else {
                Admitted admitted = intake.admit(by, offer);
                if (admitted instanceof Admitted.From from) {
                    uploads.put(leg, by, number, offer, from.offset(), now());
                } else if (admitted instanceof Admitted.Refused refused) {
                    outside.send(leg, TransferJson.refuse(offer.id(), number, refused.why()));
                } else {
                    outside.send(leg, TransferJson.done(offer.id(), number));
                }
            }
        });
    }

    public void frame(LegId leg, ChunkFrame frame) {
        when(() -> {
            if (frame.acknowledges()) {
                downloads.acknowledged(leg, frame.number(), frame.offset(), now());
            } else {
                uploads.chunk(leg, frame, now());
            }
        });
    }

    /** Gives an unfinished item up; only who sends it may. */
    public void cancel(String role, String id) {
        when(() -> cancelNow(role, id));
    }

    private void cancelNow(String role, String id) {
        Optional<Upload> upload = uploads.find(id).filter(one -> one.by().equals(role));
        if (upload.isPresent()) {
            uploads.refuse(id, Refusal.REPLACED);
        } else if (chronicle
                .find(id)
                .filter(entry -> entry.by().equals(role) && entry.status() == Status.COMING)
                .isPresent()) {
            intake.forget(id, Refusal.REPLACED);
        }
    }

    public void get(LegId leg, String id, int offset) {
        when(() -> {
            Optional<Entry> entry = file(id);
            if (entry.isEmpty()) {
                outside.send(leg, TransferJson.refuse(id, 0, Refusal.GONE));
                return;
            }
            shelf.files()
                    .read(consult, id)
                    .whenCompleteAsync((bytes, failure) -> give(leg, entry.get(), bytes, offset), loop);
        });
    }

    private void give(LegId leg, Entry entry, byte @Nullable [] bytes, int offset) {
        ItemKind kind = ItemKind.ofLabel(entry.kind().label()).orElseThrow();
        ObjectNode header = Json.object().put("type", entry.text("type"));
        if (kind == ItemKind.THUMB) {
            header.put("from", entry.by())
                    .put("w", entry.body().path("w").asInt())
                    .put("h", entry.body().path("h").asInt());
        }
        boolean given = bytes != null
                && downloads.give(leg, entry.id(), kind, bytes, Math.min(offset, bytes.length), header, now());
        if (!given) {
            outside.send(leg, TransferJson.refuse(entry.id(), 0, bytes == null ? Refusal.GONE : Refusal.TOO_MANY));
        }
        arm();
    }

    public void drop(LegId leg, String id) {
        when(() -> downloads.drop(leg, id, now()));
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
            leg.ifPresent(page -> downloads.drop(page, id.get(), now()));
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

    /** A live picture that the relay took out of a sender's video. */
    public void still(LegId receiver, String from, byte[] webp, int width, int height) {
        when(() -> {
            String id = "relay" + Long.toString(now() & Long.MAX_VALUE, 36);
            downloads.still(receiver, id, webp, still("image/webp", from, width, height), now(), now());
        });
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
                        && uploads.find(entry.id()).isEmpty()) {
                    intake.forget(entry.id(), Refusal.TOO_SLOW);
                }
            }
        });
    }

    /** For HTTP: runs when everything is loaded. */
    public HttpExchange http() {
        return new HttpExchange(this, new HttpExchange.Parts(consult, chronicle, intake, uploads, waiters, shelf));
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
                .filter(room -> room != null && !room.equals(LinkRoom.NO_CALL))
                .map(room -> room.up().kbps())
                .findFirst();
    }

    long now() {
        return loop.ticker().nanoTime();
    }

    private Instant clockNow() {
        return chronicle.now();
    }

    Optional<Entry> file(String id) {
        return chronicle
                .find(id)
                .filter(entry -> entry.kind().file() && entry.status().kept());
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
            shelf.entries()
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
        chronicle.restore(found.rows.stream().map(EntryJson::entry).toList());
        intake.restore(found.sizes);
        loaded = true;
        while (!waiting.isEmpty()) {
            when(waiting.remove());
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
        long delay = uploads.busy() ? BUSY_NANOS : QUIET_NANOS;
        OptionalLong next = downloads.nextDeadlineNanos(now);
        if (next.isPresent()) {
            delay = Math.min(delay, next.getAsLong() - now);
        }
        if (floor.nextDeadlineNanos().isPresent()) {
            delay = Math.min(delay, floor.nextDeadlineNanos().getAsLong() - now);
        }
        timer = loop.schedule(this::tick, Math.max(1_000_000, delay), TimeUnit.NANOSECONDS);
    }

    private void tick() {
        try {
            when(() -> {
                uploads.tick(now());
                downloads.tick(now());
                downloads.progress(now(), this::fetched);
                if (floor.tick(now())) {
                    tellFloor();
                }
            });
        } catch (RuntimeException e) {
            LOG.error("the exchange of a consultation met a bug", e);
        }
    }

    private void fetched(LegId by, String id, int offset, int bytes, double kbps) {
        chronicle.find(id).ifPresent(entry -> {
            ObjectNode json = TransferJson.progress(id, offset, bytes, kbps).put("to", chronicle.role(by));
            chronicle.of(entry.by()).forEach(leg -> outside.send(leg, json));
        });
    }

    private void tellUnderWay() {
        for (LegId leg : chronicle.legs()) {
            Optional<ItemKind> up = uploads.of(leg).stream()
                    .map(upload -> upload.offer().kind())
                    .min(java.util.Comparator.naturalOrder());
            List<Optional<ItemKind>> now = List.of(up, downloads.urgent(leg));
            if (!now.equals(Optional.ofNullable(underWay.put(leg, now)).orElse(NOTHING))) {
                outside.underWay(leg, now.get(0), now.get(1));
            }
        }
    }

    private static ObjectNode still(String type, String from, int width, int height) {
        return Json.object().put("type", type).put("from", from).put("w", width).put("h", height);
    }

    /** What the engine wants done. */
    private final class Port implements TransferPort {
        @Override
        public void say(LegId leg, ObjectNode message) {
            outside.send(leg, message);
        }

        @Override
        public void frame(LegId leg, ChunkFrame frame) {
            outside.frame(
                    leg,
                    frame.write(),
                    () -> when(() -> {
                        if (!frame.acknowledges()) {
                            downloads.written(leg, now());
                        }
                    }));
        }

        @Override
        public void keep(Upload upload, int offset, byte[] bytes) {
            intake.keep(upload, offset, bytes)
                    .whenComplete((size, failure) -> when(() -> {
                        if (failure == null) {
                            uploads.kept(upload.id(), size, now());
                            waiters.kept(upload.id(), size);
                        } else if (Intake.wrongOffset(failure)) {
                            rewind(upload);
                        } else if (uploads.find(upload.id())
                                .filter(one -> one == upload)
                                .isPresent()) {
                            uploads.refuse(upload.id(), Intake.refusal(failure));
                        }
                    }));
        }

        private void rewind(Upload upload) {
            intake.reread(upload)
                    .whenComplete((size, failure) -> when(() -> {
                        if (failure == null) {
                            uploads.rewind(upload.id(), size);
                            waiters.rewound(upload.id(), size);
                        } else {
                            uploads.refuse(upload.id(), Refusal.DISK_FULL);
                        }
                    }));
        }

        @Override
        public void whole(Upload upload) {
            intake.check(upload)
                    .whenComplete((inspected, failure) -> when(() -> {
                        if (uploads.find(upload.id())
                                .filter(one -> one == upload)
                                .isEmpty()) {
                            return;
                        }
                        if (failure != null) {
                            uploads.refuse(upload.id(), Intake.refusal(failure));
                        } else {
                            checked(upload, inspected);
                        }
                    }));
        }

        private void checked(Upload upload, Inspected inspected) {
            if (upload.offer().kind() == ItemKind.STILL) {
                long taken = upload.beganNanos()
                        - TimeUnit.MILLISECONDS.toNanos(upload.offer().ageMs());
                ObjectNode header = still(upload.offer().type(), upload.by(), inspected.width(), inspected.height());
                chronicle
                        .others(upload.by())
                        .forEach(leg -> downloads.still(leg, upload.id(), inspected.kept(), header, taken, now()));
                uploads.done(upload.id());
                return;
            }
            intake.finished(upload, inspected);
            // Done is said when it is on record that it is: a kill in between brings it back as coming, whole.
            chronicle.whenKept(() -> when(() -> {
                uploads.done(upload.id());
                waiters.done(upload.id());
                if (upload.offer().kind() == ItemKind.THUMB) {
                    chronicle.others(upload.by()).forEach(leg -> get(leg, upload.id(), 0));
                }
            }));
        }

        @Override
        public void discard(Upload upload, Refusal why) {
            if (upload.offer().kind() != ItemKind.STILL) {
                intake.forget(upload.id(), why);
                waiters.refused(upload.id(), why);
            }
        }

        @Override
        public void progress(Upload upload, double kbps) {
            ObjectNode json = TransferJson.progress(
                    upload.id(), upload.kept(), upload.offer().bytes(), kbps);
            chronicle.others(upload.by()).forEach(leg -> outside.send(leg, json));
        }
    }
}
