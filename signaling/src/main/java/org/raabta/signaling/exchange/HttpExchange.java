package org.raabta.signaling.exchange;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.timeline.Entry;
import org.raabta.signaling.timeline.Status;
import org.raabta.signaling.transfer.ItemKind;
import org.raabta.signaling.transfer.Offer;
import org.raabta.signaling.transfer.Refusal;
import org.raabta.signaling.transfer.Upload;
import org.raabta.signaling.transfer.Uploads;

/** The same consultation for plain HTTP: no page that is told anything, answers instead. On the room's loop. */
public final class HttpExchange {
    private final Exchange exchange;
    private final Parts parts;

    record Parts(long consult, Chronicle chronicle, Intake intake, Uploads uploads, HttpWaiters waiters, Shelf shelf) {}

    HttpExchange(Exchange exchange, Parts parts) {
        this.exchange = exchange;
        this.parts = parts;
    }

    /** An item as it stands: how much of it there is, and what it is. */
    public record Item(Entry entry, int offset) {
        public int bytes() {
            return entry.bytes();
        }
    }

    public CompletionStage<Admitted> create(String by, Offer offer) {
        return loaded(() -> {
            if (exchange.overAt().isPresent()
                    && parts.chronicle.find(offer.id()).isEmpty()) {
                return new Admitted.Refused(Refusal.ENDED);
            }
            Admitted admitted = parts.intake.admit(by, offer);
            Optional<Upload> running = parts.uploads.find(offer.id());
            return admitted instanceof Admitted.From && running.isPresent()
                    ? new Admitted.From(running.get().received())
                    : admitted;
        });
    }

    /** Words; completes when they are kept (once, whoever says them again), or with why they are not. */
    public CompletionStage<Optional<Refusal>> message(String by, String id, String text) {
        return loaded(() -> {
                    exchange.message(Optional.empty(), by, id, text);
                    if (parts.chronicle.find(id).isPresent()) {
                        return Optional.<Refusal>empty();
                    }
                    return Optional.of(exchange.overAt().isPresent() ? Refusal.ENDED : Refusal.CONSULT_FULL);
                })
                .thenCompose(refusal -> refusal.isPresent()
                        ? CompletableFuture.completedFuture(refusal)
                        : kept().thenApply(kept -> refusal));
    }

    /** Anybody in the consultation may look. */
    public CompletionStage<Optional<Item>> find(String id) {
        return loaded(() -> parts.chronicle
                .find(id)
                .filter(entry -> entry.kind().file())
                .map(entry -> new Item(entry, offset(entry))));
    }

    private int offset(Entry entry) {
        if (entry.status().kept()) {
            return entry.bytes();
        }
        return parts.uploads.find(entry.id()).map(Upload::received).orElseGet(() -> parts.intake.kept(entry.id()));
    }

    public CompletionStage<Patched> patch(String by, String id, int offset, byte[] bytes) {
        return loaded(() -> patchNow(by, id, offset, bytes)).thenCompose(patched -> patched);
    }

    private CompletionStage<Patched> patchNow(String by, String id, int offset, byte[] bytes) {
        Optional<Entry> found = parts.chronicle
                .find(id)
                .filter(entry -> entry.kind().file() && entry.by().equals(by));
        if (found.isEmpty()) {
            return now(new Patched.Unknown());
        }
        Entry entry = found.get();
        if (entry.status().kept()) {
            return now(new Patched.At(entry.bytes()));
        }
        if (entry.status() != Status.COMING) {
            return now(new Patched.Refused(Refusal.GONE));
        }
        boolean late = exchange.overAt()
                .filter(at -> parts.chronicle
                        .now()
                        .isAfter(at.plus(parts.shelf.limits().finish())))
                .isPresent();
        if (late) {
            parts.intake.forget(id, Refusal.ENDED);
            return now(new Patched.Refused(Refusal.ENDED));
        }
        Upload upload = parts.uploads.begin(by, offer(entry), parts.intake.kept(id), exchange.now());
        if (offset != upload.received()) {
            return now(new Patched.WrongOffset(upload.received()));
        }
        if (bytes.length > upload.offer().bytes() - offset) {
            parts.uploads.refuse(id, Refusal.TOO_LARGE);
            return now(new Patched.Refused(Refusal.TOO_LARGE));
        }
        int end = offset + bytes.length;
        boolean last = end == upload.offer().bytes();
        if (bytes.length == 0 && !last) {
            return now(new Patched.At(offset));
        }
        CompletableFuture<Patched> answer = parts.waiters.add(id, end, last);
        if (bytes.length == 0) {
            parts.uploads.recheck(upload);
        } else {
            parts.uploads.take(upload, offset, bytes, exchange.now());
        }
        return answer;
    }

    private static Offer offer(Entry entry) {
        return new Offer(
                entry.id(),
                ItemKind.ofLabel(entry.kind().label()).orElseThrow(),
                entry.bytes(),
                entry.text("type"),
                entry.text("sha"),
                0,
                Json.object());
    }

    /** False if there is no such unfinished item of this role. */
    public CompletionStage<Boolean> cancel(String by, String id) {
        return loaded(() -> {
            boolean there = parts.chronicle
                    .find(id)
                    .filter(entry -> entry.by().equals(by) && entry.status() == Status.COMING)
                    .isPresent();
            exchange.cancel(by, id);
            return there;
        });
    }

    public CompletionStage<byte[]> read(String id) {
        return parts.shelf.files().read(parts.consult, id);
    }

    /** Completes when everything that was said so far is kept. */
    public CompletionStage<Boolean> kept() {
        CompletableFuture<Boolean> kept = new CompletableFuture<>();
        exchange.when(() -> parts.chronicle.whenKept(() -> kept.complete(true)));
        return kept;
    }

    public CompletionStage<ObjectNode> timeline(long from) {
        return loaded(() -> parts.chronicle.since(from));
    }

    public CompletionStage<List<Entry>> entries() {
        return loaded(parts.chronicle::all);
    }

    /** What a page of this role in a call may use, kbps. */
    public Optional<Double> pace(String role) {
        return exchange.pace(role);
    }

    private static CompletionStage<Patched> now(Patched patched) {
        return CompletableFuture.completedFuture(patched);
    }

    private <T> CompletionStage<T> loaded(Supplier<T> action) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        exchange.when(() -> {
            try {
                answer.complete(action.get());
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }
}
