package org.raabta.signaling.transfer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.raabta.relay.control.LegId;
import org.raabta.relay.control.TransferRoom;

/** Everything that is coming in one consultation, from every page and over HTTP. */
public final class Uploads {
    /** Of one leg at once. */
    static final int MOST = 8;

    private static final long ACKNOWLEDGE_NANOS = 400_000_000L;
    private static final long TELL_NANOS = 3_000_000_000L;
    /** Of a live picture: older than this nobody wants it. */
    private static final long STILL_NANOS = 60_000_000_000L;

    private final TransferPort port;
    private final long keepPartialNanos;
    private final Map<String, Upload> uploads = new LinkedHashMap<>();
    private final Map<LegId, Source> sources = new HashMap<>();

    /** One page that sends. */
    private static final class Source {
        final Pace pace = new Pace();
        final Rate rate = new Rate();
        TransferRoom room = Flow.NO_CALL;
    }

    /** @param keepPartialNanos an item that did not grow for so long is given up */
    public Uploads(TransferPort port, long keepPartialNanos) {
        this.port = port;
        this.keepPartialNanos = keepPartialNanos;
    }

    /** The page is here, with a new socket: what it was sending it offers again. */
    public void open(LegId leg, TransferRoom room, long nowNanos) {
        close(leg);
        Source source = new Source();
        source.room = room;
        sources.put(leg, source);
        tell(leg, source, nowNanos);
    }

    /** Its socket is gone; what came of stored items waits, a still is forgotten. */
    public void close(LegId leg) {
        sources.remove(leg);
        for (Upload upload : of(leg)) {
            upload.from(null, 0);
            if (upload.offer().kind() == ItemKind.STILL) {
                uploads.remove(upload.id());
            }
        }
    }

    public void room(LegId leg, TransferRoom room, long nowNanos) {
        Source source = sources.get(leg);
        if (source != null) {
            source.room = room;
            tell(leg, source, nowNanos);
        }
    }

    public Optional<Upload> find(String id) {
        return Optional.ofNullable(uploads.get(id));
    }

    /** What is coming from a page. */
    public List<Upload> of(LegId leg) {
        return uploads.values().stream()
                .filter(upload -> upload.leg().filter(leg::equals).isPresent())
                .toList();
    }

    /** Whether one more from this page is too many. */
    public boolean full(LegId leg) {
        return of(leg).size() >= MOST;
    }

    /**
     * A page begins an item, or goes on with it; the page is told from where.
     *
     * @param kept bytes of it that are kept already, where nothing of it is under way here
     */
    public Upload put(LegId leg, String by, int number, Offer offer, int kept, long nowNanos) {
        for (Upload other : of(leg)) {
            if (other.number() == number && !other.id().equals(offer.id())) {
                other.from(null, 0);
            }
        }
        if (offer.kind() == ItemKind.STILL) {
            for (Upload older : of(leg)) {
                if (older.offer().kind() == ItemKind.STILL && !older.checking) {
                    refuse(older.id(), Refusal.REPLACED);
                }
            }
        }
        Upload upload = begin(by, offer, kept, nowNanos);
        upload.from(leg, number);
        upload.acknowledged = upload.received;
        if (offer.kind() != ItemKind.STILL) {
            port.say(leg, TransferJson.go(upload.id(), number, upload.received));
        }
        finish(upload);
        return upload;
    }

    /** The same over HTTP. */
    public Upload begin(String by, Offer offer, int kept, long nowNanos) {
        return uploads.computeIfAbsent(offer.id(), id -> new Upload(offer, by, kept, nowNanos));
    }

    /** A chunk of a page. One with a number that is not in use crossed a refusal: it is dropped. */
    public void chunk(LegId leg, ChunkFrame frame, long nowNanos) {
        Source source = sources.get(leg);
        Optional<Upload> found =
                of(leg).stream().filter(one -> one.number() == frame.number()).findFirst();
        if (source == null || found.isEmpty()) {
            return;
        }
        source.rate.add(frame.bytes().length, nowNanos);
        if (!take(found.get(), frame.offset(), frame.bytes(), nowNanos)) {
            port.say(leg, TransferJson.go(found.get().id(), frame.number(), found.get().received));
        }
    }

    /** Bytes from anywhere; false if they do not go on where it stands, or go over its size. */
    public boolean take(Upload upload, int offset, byte[] bytes, long nowNanos) {
        if (offset != upload.received || bytes.length > upload.offer().bytes() - upload.received) {
            return false;
        }
        upload.receive(bytes, nowNanos);
        if (upload.offer().kind() == ItemKind.STILL) {
            finish(upload);
        } else {
            port.keep(upload, offset, bytes);
        }
        acknowledge(upload, nowNanos);
        return true;
    }

    /** Everything below {@code offset} is on the disk. */
    public void kept(String id, int offset, long nowNanos) {
        Upload upload = uploads.get(id);
        if (upload != null && offset > upload.kept) {
            upload.kept = offset;
            acknowledge(upload, nowNanos);
            finish(upload);
        }
    }

    /** The disk has less than we thought: it goes on from there. */
    public void rewind(String id, int offset) {
        Upload upload = uploads.get(id);
        if (upload != null) {
            upload.received = offset;
            upload.kept = offset;
            upload.acknowledged = Math.min(upload.acknowledged, offset);
            upload.leg().ifPresent(leg -> port.say(leg, TransferJson.go(id, upload.number(), offset)));
        }
    }

    /** It was checked and is kept for good. */
    public void done(String id) {
        Upload upload = uploads.remove(id);
        if (upload != null) {
            upload.leg().ifPresent(leg -> port.say(leg, TransferJson.done(id, upload.number())));
        }
    }

    /** It is not taken; what came of it goes. */
    public void refuse(String id, Refusal why) {
        Upload upload = uploads.remove(id);
        if (upload != null) {
            upload.leg().ifPresent(leg -> port.say(leg, TransferJson.refuse(id, upload.number(), why)));
            port.discard(upload, why);
        }
    }

    /** Everything, for one reason. */
    public void refuseAll(Refusal why) {
        List.copyOf(uploads.keySet()).forEach(id -> refuse(id, why));
    }

    /** What is due: acknowledgements, progress for others, a new pace, and the end of what does not grow. */
    public void tick(long nowNanos) {
        for (Upload upload : new ArrayList<>(uploads.values())) {
            boolean still = upload.offer().kind() == ItemKind.STILL;
            if (!upload.checking && nowNanos - upload.grewAtNanos >= (still ? STILL_NANOS : keepPartialNanos)) {
                refuse(upload.id(), Refusal.TOO_SLOW);
                continue;
            }
            acknowledge(upload, nowNanos);
            if (!still && upload.leg().isPresent() && nowNanos - upload.toldAtNanos >= TELL_NANOS) {
                upload.toldAtNanos = nowNanos;
                port.progress(upload, upload.kbps(nowNanos));
            }
        }
        sources.forEach((leg, source) -> tell(leg, source, nowNanos));
    }

    /** Whether time passing changes anything soon. */
    public boolean busy() {
        return uploads.values().stream().anyMatch(upload -> upload.leg().isPresent());
    }

    /** All of it was kept before: it only waits to be checked. */
    public void recheck(Upload upload) {
        finish(upload);
    }

    private void finish(Upload upload) {
        if (upload.kept == upload.offer().bytes() && !upload.checking) {
            upload.checking = true;
            port.whole(upload);
        }
    }

    private void acknowledge(Upload upload, long nowNanos) {
        Optional<LegId> leg = upload.leg();
        Source source = leg.map(sources::get).orElse(null);
        int news = upload.kept - upload.acknowledged;
        if (leg.isEmpty() || source == null || news <= 0) {
            return;
        }
        boolean half = news >= source.pace.told().windowBytes() / 2;
        boolean late = nowNanos - upload.acknowledgedAtNanos >= ACKNOWLEDGE_NANOS;
        if (half || late) {
            upload.acknowledged = upload.kept;
            upload.acknowledgedAtNanos = nowNanos;
            port.frame(leg.get(), ChunkFrame.acknowledgement(upload.number(), upload.kept));
        }
    }

    private void tell(LegId leg, Source source, long nowNanos) {
        source.pace
                .look(Flow.up(source.room, source.rate.kbps(nowNanos)), nowNanos)
                .ifPresent(flow -> port.say(leg, TransferJson.pace(flow)));
    }
}
