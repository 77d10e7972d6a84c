package org.raabta.signaling.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.raabta.relay.control.Role;
import org.raabta.signaling.consult.Rooms;
import org.raabta.signaling.exchange.Export;
import org.raabta.signaling.exchange.HttpExchange;
import org.raabta.signaling.http.Problem;
import org.raabta.signaling.http.Request;
import org.raabta.signaling.http.Response;
import org.raabta.signaling.link.Token;
import org.raabta.signaling.timeline.Entry;

/** {@code GET /api/consults/{id}/export.zip} and, of a doctor's own one, {@code GET /api/export.zip}: the whole consultation for the clinic's records. */
final class ExportApi {
    private final Rooms rooms;
    private final Gate gate;
    private final Executor work;

    /** @param work packs: off every loop */
    ExportApi(Rooms rooms, Gate gate, Executor work) {
        this.rooms = rooms;
        this.gate = gate;
        this.work = work;
    }

    CompletionStage<Response> export(Request request, String id) {
        long consult = ConsultsApi.number(id);
        gate.clinicOrDoctor(request, consult);
        return zip(request, id, consult);
    }

    /** A page knows its token and no consultation's id. */
    CompletionStage<Response> own(Request request) {
        Token token = gate.token(request);
        if (token.role() != Role.DOCTOR) {
            throw Problem.WRONG_ROLE.exception("");
        }
        return zip(request, ConsultsApi.id(token.consult()), token.consult());
    }

    private CompletionStage<Response> zip(Request request, String id, long consult) {
        Locale language = Locale.forLanguageTag(request.parameter("lang").orElse("en"));
        return rooms.with(consult, room -> room.exchange().http())
                .thenCompose(found -> {
                    HttpExchange http = found.orElseThrow(() -> Problem.NOT_FOUND.exception("no such consultation"));
                    return rooms.with(consult, room -> http.entries())
                            .thenCompose(entries -> entries.orElseThrow(() -> Problem.NOT_FOUND.exception("")))
                            .thenCompose(entries -> files(http, entries)
                                    .thenApplyAsync(files -> new Export(id, entries, files, language).zip(), work));
                })
                .thenApply(zip -> new Response(200, "application/zip", zip, Map.of())
                        .with("Content-Disposition", "attachment; filename=\"consultation-" + id + ".zip\"")
                        .with("Content-Security-Policy", "sandbox; default-src 'none'"));
    }

    private static CompletionStage<Map<String, byte[]>> files(HttpExchange http, List<Entry> entries) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        CompletableFuture<Void> all = CompletableFuture.completedFuture(null);
        for (Entry entry : entries) {
            if (entry.kind().file() && entry.status().kept()) {
                all = all.thenCompose(before -> http.read(entry.id())
                        // One that is lost is told without its file, and does not cost the others.
                        .handle((bytes, failure) -> bytes == null ? null : files.put(entry.id(), bytes))
                        .thenApply(done -> null));
            }
        }
        return all.thenApply(done -> files);
    }
}
