package org.raabta.signaling.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.util.concurrent.EventExecutor;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.media.BadMediaException;
import org.raabta.signaling.media.Inspected;
import org.raabta.signaling.media.Inspection;
import org.raabta.signaling.media.MediaType;
import org.raabta.signaling.store.StoreException;
import org.raabta.signaling.timeline.Entry;
import org.raabta.signaling.timeline.Kind;
import org.raabta.signaling.timeline.Status;
import org.raabta.signaling.transfer.ItemKind;
import org.raabta.signaling.transfer.Offer;
import org.raabta.signaling.transfer.Refusal;
import org.raabta.signaling.transfer.Upload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Items on their way in: who may send what, where its bytes go, and what it is when it is whole. Owned by the exchange. */
final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    private static final Duration OLDEST = Duration.ofDays(7);

    private final long consult;
    private final Shelf shelf;
    private final Chronicle chronicle;
    private final EventExecutor loop;
    private final InstantSource clock;
    /** Bytes that are kept of what is coming. */
    private final Map<String, Integer> sizes = new HashMap<>();

    Intake(long consult, Shelf shelf, Chronicle chronicle, EventExecutor loop, InstantSource clock) {
        this.consult = consult;
        this.shelf = shelf;
        this.chronicle = chronicle;
        this.loop = loop;
        this.clock = clock;
    }

    void restore(Map<String, Integer> kept) {
        sizes.putAll(kept);
    }

    int kept(String id) {
        return sizes.getOrDefault(id, 0);
    }

    /** An item that is stored: begun, gone on with, or refused. A still never comes here. */
    Admitted admit(String by, Offer offer) {
        Optional<Entry> known = chronicle.find(offer.id());
        if (known.isPresent() && !same(known.get(), by, offer)) {
            return new Admitted.Refused(Refusal.OTHER_ITEM);
        }
        if (known.isPresent() && known.get().status().kept()) {
            return new Admitted.Done();
        }
        if (known.isPresent() && known.get().status() == Status.COMING) {
            return new Admitted.From(kept(offer.id()));
        }
        Optional<Refusal> refusal = refusal(offer, known.isPresent());
        if (refusal.isPresent()) {
            return new Admitted.Refused(refusal.get());
        }
        sizes.remove(offer.id());
        if (known.isPresent()) {
            ObjectNode changes = Json.object();
            changes.putNull("why");
            chronicle.change(known.get(), Status.COMING, changes);
        } else {
            ObjectNode body = Json.object()
                    .put("bytes", offer.bytes())
                    .put("type", offer.type())
                    .put("sha", offer.sha());
            body.setAll(offer.meta());
            body.remove("at");
            chronicle.add(kind(offer.kind()), Status.COMING, offer.id(), by, taken(offer), body);
        }
        return new Admitted.From(0);
    }

    /** When the page says, if that can be: a recording may have waited for a link; a phone's clock may be anything. */
    private Instant taken(Offer offer) {
        Instant now = clock.instant();
        Instant said = Instant.ofEpochSecond(offer.meta().path("at").asLong(now.getEpochSecond()));
        return said.isAfter(now) || said.isBefore(now.minus(OLDEST)) ? now : said;
    }

    private static boolean same(Entry entry, String by, Offer offer) {
        boolean changed = entry.body().has("sent");
        return entry.kind().file()
                && entry.kind() == kind(offer.kind())
                && entry.by().equals(by)
                && entry.text(changed ? "sent" : "sha").equals(offer.sha())
                && (changed || entry.bytes() == offer.bytes());
    }

    private Optional<Refusal> refusal(Offer offer, boolean known) {
        if (offer.bytes() > shelf.limits().bytes(offer.kind())) {
            return Optional.of(Refusal.TOO_LARGE);
        }
        long bytes = offer.bytes();
        int files = known ? 0 : 1;
        for (Entry entry : chronicle.all()) {
            if (entry.kind().file()) {
                files++;
                bytes += entry.status().kept() || entry.status() == Status.COMING ? entry.bytes() : 0;
            }
        }
        boolean full =
                bytes > shelf.limits().consultBytes() || files > shelf.limits().consultFiles();
        return full ? Optional.of(Refusal.CONSULT_FULL) : Optional.empty();
    }

    /** Completes on the loop with the new size. */
    CompletionStage<Integer> keep(Upload upload, int offset, byte[] bytes) {
        return shelf.files()
                .append(consult, upload.id(), offset, bytes)
                .thenApplyAsync(
                        size -> {
                            sizes.merge(upload.id(), size, Math::max);
                            return size;
                        },
                        loop);
    }

    /** What the disk has of it, after it did not take what we believed was next. */
    CompletionStage<Integer> reread(Upload upload) {
        return shelf.files()
                .sizes(consult)
                .thenApplyAsync(
                        all -> {
                            int size = all.getOrDefault(upload.id(), 0);
                            sizes.put(upload.id(), size);
                            return size;
                        },
                        loop);
    }

    /** The whole item, checked off the loop; completes on the loop, exceptionally with a {@link RefusedException}. */
    CompletionStage<Inspected> check(Upload upload) {
        Offer offer = upload.offer();
        if (offer.kind() == ItemKind.STILL) {
            byte[] bytes = upload.bytes();
            return CompletableFuture.supplyAsync(() -> inspect(offer, bytes), shelf.checks())
                    .thenApplyAsync(inspected -> inspected, loop);
        }
        return shelf.files()
                .read(consult, offer.id())
                .thenApplyAsync(bytes -> inspect(offer, bytes), shelf.checks())
                .thenCompose(inspected -> (inspected.changed()
                                ? shelf.files().replace(consult, offer.id(), inspected.kept())
                                : shelf.files().force(consult, offer.id()))
                        .thenApply(done -> inspected))
                .thenApplyAsync(inspected -> inspected, loop);
    }

    private static Inspected inspect(Offer offer, byte[] bytes) {
        if (!offer.sha().isEmpty() && !sha(bytes).equals(offer.sha())) {
            throw new RefusedException(Refusal.WRONG_HASH);
        }
        MediaType type = MediaType.ofLabel(offer.type()).orElseThrow(() -> new RefusedException(Refusal.WRONG_TYPE));
        try {
            return Inspection.inspect(type, bytes);
        } catch (BadMediaException e) {
            throw new RefusedException(e.isOtherType() ? Refusal.WRONG_TYPE : Refusal.BAD_CONTENT);
        }
    }

    /** It is kept for good, and what is known of it said. */
    void finished(Upload upload, Inspected inspected) {
        sizes.remove(upload.id());
        chronicle.find(upload.id()).ifPresent(entry -> {
            ObjectNode changes = Json.object();
            if (inspected.width() > 0) {
                changes.put("w", inspected.width()).put("h", inspected.height());
            }
            if (inspected.changed()) {
                changes.put("sent", upload.offer().sha())
                        .put("sha", sha(inspected.kept()))
                        .put("bytes", inspected.kept().length);
            }
            chronicle.change(entry, Status.SENT, changes);
            chronicle
                    .find(entry.text("for"))
                    .filter(ask -> ask.kind() == Kind.ASK && entry.kind() == Kind.PHOTO)
                    .ifPresent(ask -> chronicle.change(ask, Status.ANSWERED));
        });
    }

    /** Nothing of it stays. */
    void forget(String id, Refusal why) {
        sizes.remove(id);
        delete(id);
        chronicle
                .find(id)
                .filter(entry -> entry.status() == Status.COMING)
                .ifPresent(entry -> chronicle.change(
                        entry,
                        why == Refusal.REPLACED ? Status.GONE : Status.REFUSED,
                        Json.object().put("why", why.label())));
    }

    /** A file without anybody who would know of it is swept later; that it could not be deleted now is in the log. */
    private void delete(String id) {
        var unused = shelf.files().delete(consult, id).exceptionally(failure -> {
            LOG.error("a file could not be deleted and is swept later", failure);
            return null;
        });
    }

    static Refusal refusal(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof RefusedException refused) {
            return refused.why;
        }
        if (cause instanceof StoreException store) {
            return store.reason() == StoreException.Reason.CLINIC_FULL ? Refusal.CLINIC_FULL : Refusal.DISK_FULL;
        }
        LOG.error("an upload met a bug", cause);
        return Refusal.DISK_FULL;
    }

    static boolean wrongOffset(Throwable failure) {
        @Nullable Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof StoreException store && store.reason() == StoreException.Reason.WRONG_OFFSET;
    }

    static String sha(byte[] bytes) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }

    private static Kind kind(ItemKind kind) {
        return switch (kind) {
            case PHOTO -> Kind.PHOTO;
            case THUMB -> Kind.THUMB;
            case NOTE -> Kind.NOTE;
            case STILL -> throw new IllegalArgumentException("a still has no entry");
        };
    }

    /** An item that is not taken. */
    private static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Refusal why;

        RefusedException(Refusal why) {
            super(why.label(), null, false, false);
            this.why = why;
        }
    }
}
