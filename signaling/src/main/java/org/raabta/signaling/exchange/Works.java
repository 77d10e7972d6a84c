package org.raabta.signaling.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.TransferRoom;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.media.Inspected;
import org.raabta.signaling.timeline.Entry;
import org.raabta.signaling.timeline.Status;
import org.raabta.signaling.transfer.ChunkFrame;
import org.raabta.signaling.transfer.Downloads;
import org.raabta.signaling.transfer.ItemKind;
import org.raabta.signaling.transfer.Offer;
import org.raabta.signaling.transfer.Refusal;
import org.raabta.signaling.transfer.TransferJson;
import org.raabta.signaling.transfer.TransferPort;
import org.raabta.signaling.transfer.Upload;
import org.raabta.signaling.transfer.Uploads;

/** Joins the transfer engine with what is kept: bytes in, bytes out, and what happens in between. Owned by the exchange. */
final class Works {
    private static final String RELAYED = "relay";
    private static final long RELAYED_IDS = 100_000_000_000L;

    private final long consult;
    private final Shelf shelf;
    private final Outside outside;
    private final Chronicle chronicle;
    private final Intake intake;
    private final HttpWaiters waiters;
    private final Back back;
    private final Uploads uploads;
    private final Downloads downloads;

    /** The way back onto the room's loop, and its clock. */
    interface Back {
        /** From any thread. */
        void later(Runnable action);

        long nowNanos();
    }

    Works(
            long consult,
            Shelf shelf,
            Outside outside,
            Chronicle chronicle,
            Intake intake,
            HttpWaiters waiters,
            Back back) {
        this.consult = consult;
        this.shelf = shelf;
        this.outside = outside;
        this.chronicle = chronicle;
        this.intake = intake;
        this.waiters = waiters;
        this.back = back;
        Port port = new Port();
        this.uploads = new Uploads(port, shelf.limits().keepPartial().toNanos());
        this.downloads = new Downloads(port);
    }

    Uploads uploads() {
        return uploads;
    }

    Downloads downloads() {
        return downloads;
    }

    void open(LegId leg, TransferRoom room) {
        uploads.open(leg, room, now());
        downloads.open(leg, room, now());
    }

    void close(LegId leg) {
        uploads.close(leg);
        downloads.close(leg);
    }

    void room(LegId leg, TransferRoom room) {
        uploads.room(leg, room, now());
        downloads.room(leg, room, now());
    }

    void tick() {
        uploads.tick(now());
        downloads.tick(now());
        downloads.progress(now(), this::fetched);
    }

    /** When a tick is next worth it, by downloads alone. */
    OptionalLong nextDeadlineNanos() {
        return downloads.nextDeadlineNanos(now());
    }

    /** The most urgent thing that comes from a page. */
    Optional<ItemKind> urgentUp(LegId leg) {
        return uploads.of(leg).stream().map(upload -> upload.offer().kind()).min(Comparator.naturalOrder());
    }

    void put(LegId leg, int number, Offer offer) {
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
    }

    void frame(LegId leg, ChunkFrame frame) {
        if (frame.acknowledges()) {
            downloads.acknowledged(leg, frame.number(), frame.offset(), now());
        } else {
            uploads.chunk(leg, frame, now());
        }
    }

    /** Gives an unfinished item up; only who sends it may. */
    void cancel(String role, String id) {
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

    void get(LegId leg, String id, int offset) {
        Optional<Entry> entry = file(id);
        if (entry.isEmpty()) {
            outside.send(leg, TransferJson.refuse(id, 0, Refusal.GONE));
            return;
        }
        var unused = shelf.files()
                .read(consult, id)
                .whenComplete((bytes, failure) -> back.later(() -> give(leg, entry.get(), bytes, offset)));
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
    }

    /** An item's id has 16 characters, whatever the clock began at: pages know nothing else for one. */
    static String relayed(long nowNanos) {
        return RELAYED + String.format(Locale.ROOT, "%011d", Math.floorMod(nowNanos / 1000, RELAYED_IDS));
    }

    /** A live picture that the relay took out of a sender's video. */
    void still(LegId receiver, String from, byte[] webp, int width, int height) {
        downloads.still(receiver, relayed(now()), webp, still("image/webp", from, width, height), now(), now());
    }

    private void fetched(LegId by, String id, int offset, int bytes, double kbps) {
        chronicle.find(id).ifPresent(entry -> {
            ObjectNode json = TransferJson.progress(id, offset, bytes, kbps).put("to", chronicle.role(by));
            chronicle.of(entry.by()).forEach(leg -> outside.send(leg, json));
        });
    }

    private static ObjectNode still(String type, String from, int width, int height) {
        return Json.object().put("type", type).put("from", from).put("w", width).put("h", height);
    }

    private long now() {
        return back.nowNanos();
    }

    private Optional<Entry> file(String id) {
        return chronicle
                .find(id)
                .filter(entry -> entry.kind().file() && entry.status().kept());
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
                    () -> back.later(() -> {
                        if (!frame.acknowledges()) {
                            downloads.written(leg, now());
                        }
                    }));
        }

        @Override
        public void keep(Upload upload, int offset, byte[] bytes) {
            intake.keep(upload, offset, bytes)
                    .whenComplete((size, failure) -> back.later(() -> {
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
                    .whenComplete((size, failure) -> back.later(() -> {
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
                    .whenComplete((inspected, failure) -> back.later(() -> {
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
            chronicle.whenKept(() -> back.later(() -> {
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
                chronicle.whenKept(() -> waiters.refused(upload.id(), why));
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
