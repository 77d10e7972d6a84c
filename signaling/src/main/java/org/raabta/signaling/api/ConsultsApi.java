package org.raabta.signaling.api;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.raabta.relay.control.Role;
import org.raabta.signaling.consult.EndedBy;
import org.raabta.signaling.consult.Room;
import org.raabta.signaling.consult.Rooms;
import org.raabta.signaling.consult.Services;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.http.Problem;
import org.raabta.signaling.http.Request;
import org.raabta.signaling.http.Response;
import org.raabta.signaling.link.Token;
import org.raabta.signaling.metrics.Meters;
import org.raabta.signaling.records.AuditEntry;
import org.raabta.signaling.records.ConsultRow;
import org.raabta.signaling.settings.Settings;

/** Everything under {@code /api/consults}, and the reports. */
final class ConsultsApi {
    private final Settings.Consults settings;
    private final Rooms rooms;
    private final Services services;
    private final Gate gate;
    private final Links links;
    private final SecureRandom random = new SecureRandom();

    ConsultsApi(Settings.Consults settings, Rooms rooms, Services services, Gate gate, Links links) {
        this.settings = settings;
        this.rooms = rooms;
        this.services = services;
        this.gate = gate;
        this.links = links;
    }

    CompletionStage<Response> create(Request request) {
        gate.clinic(request);
        Instant now = services.clock().instant();
        ConsultBody.Wanted wanted = ConsultBody.read(request).check(now, settings.lifetime(), settings.maxLifetime());
        CompletionStage<Optional<String>> refusal = wanted.profile().isPresent()
                ? services.profiles().refusal(wanted.profile().get())
                : CompletableFuture.completedFuture(Optional.empty());
        return refusal.thenCompose(problem -> {
            if (problem.isPresent()) {
                throw Problem.INVALID.exception("profile: " + problem.get());
            }
            return create(wanted, "clinic", false, now).thenApply(this::created);
        });
    }

    private Response created(ConsultRow row) {
        Links.Pair pair = links.of(row);
        return Response.json(
                        201,
                        Json.object()
                                .put("id", id(row.id()))
                                .put("doctorUrl", pair.doctorUrl())
                                .put("patientUrl", pair.patientUrl())
                                .put("doctorToken", pair.doctorToken())
                                .put("patientToken", pair.patientToken())
                                .put("expiresAt", row.expiresAt().toString()))
                .with("Location", "/api/consults/" + id(row.id()));
    }

    /** A consultation with a link for the patient and one for the doctor. */
    CompletionStage<ConsultRow> create(ConsultBody.Wanted wanted, String actor, boolean demo, Instant now) {
        ConsultRow row = new ConsultRow(
                random.nextLong() & Long.MAX_VALUE,
                wanted.patientName(),
                wanted.language(),
                now.truncatedTo(ChronoUnit.MILLIS),
                wanted.opensAt(),
                wanted.expiresAt(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                demo,
                wanted.profile(),
                Set.of(Role.PATIENT.label(), Role.DOCTOR.label()));
        return services.records().create(row).thenApply(created -> {
            services.meters().count(Meters.Counter.CONSULTS_CREATED);
            services.records().audit(new AuditEntry(now, row.id(), actor, "created", ""));
            return row;
        });
    }

    CompletionStage<Response> status(Request request, String id) {
        long consult = number(id);
        gate.clinicOrDoctor(request, consult);
        return rooms.with(consult, Room::status)
                .thenCompose(found -> found.orElseThrow(() -> Problem.NOT_FOUND.exception("no such consultation"))
                        .thenApply(status -> Response.json(200, ApiJson.status(id, status))));
    }

    CompletionStage<Response> admit(Request request, String id) {
        long consult = number(id);
        String actor = gate.clinicOrDoctor(request, consult) instanceof Gate.Caller.Doctor ? "doctor" : "clinic";
        return rooms.with(consult, room -> {
                    over(room);
                    return room.admit(actor).orElseThrow(() -> Problem.WRONG_STATE.exception("no patient is waiting"));
                })
                .thenCompose(ConsultsApi::noContent);
    }

    CompletionStage<Response> end(Request request, String id) {
        long consult = number(id);
        EndedBy by =
                gate.clinicOrDoctor(request, consult) instanceof Gate.Caller.Doctor ? EndedBy.DOCTOR : EndedBy.CLINIC;
        return rooms.with(consult, room -> {
                    over(room);
                    return room.end(by);
                })
                .thenCompose(ConsultsApi::noContent);
    }

    CompletionStage<Response> report(Request request, String id) {
        gate.clinic(request);
        long consult = number(id);
        return services.records().report(consult).thenCompose(record -> {
            if (record.isPresent()) {
                return services.records()
                        .trail(consult)
                        .thenApply(trail -> Response.json(200, ApiJson.report(id, record.get(), trail)));
            }
            return services.records().find(consult).thenApply(row -> {
                throw row.isPresent()
                        ? Problem.WRONG_STATE.exception("there is a report when the consultation has ended")
                        : Problem.NOT_FOUND.exception("no such consultation");
            });
        });
    }

    CompletionStage<Response> events(Request request, String id) {
        gate.clinic(request);
        return rooms.with(number(id), Room::events)
                .thenCompose(found -> found.orElseThrow(() -> Problem.NOT_FOUND.exception("no such consultation")))
                .thenApply(lines -> new Response(200, "application/x-ndjson", lines, Map.of()));
    }

    CompletionStage<Response> reports(Request request) {
        gate.clinic(request);
        Instant from = time(request, "from").orElse(Instant.EPOCH);
        Instant to = time(request, "to").orElse(Instant.parse("9999-01-01T00:00:00Z"));
        return services.records()
                .reports(from, to)
                .thenApply(records -> Response.text(200, "text/csv; charset=utf-8", ApiJson.csv(records)));
    }

    /** For pages: what became of a link. */
    CompletionStage<Response> link(Request request, String text) {
        Token token = gate.liveToken(request, text);
        return rooms.with(token.consult(), room -> {
                    Admission.check(room, token);
                    ConsultRow row = room.row();
                    var json = Json.object()
                            .put("role", token.role().label())
                            .put("state", room.view().state().label());
                    row.opensAt().ifPresent(at -> json.put("opensAt", at.getEpochSecond()));
                    return Response.json(
                            200, json.put("expiresAt", row.expiresAt().getEpochSecond()));
                })
                .thenApply(found -> found.orElseThrow(() -> Problem.LINK_UNKNOWN.exception("")));
    }

    static String id(long consult) {
        return Long.toString(consult, 36);
    }

    private static void over(Room room) {
        Admission.checkOver(room);
    }

    private static CompletionStage<Response> noContent(Optional<CompletionStage<Void>> onRecord) {
        return onRecord.orElseThrow(() -> Problem.NOT_FOUND.exception("no such consultation"))
                .thenApply(done -> Response.empty(204));
    }

    static long number(String id) {
        if (id.matches("[0-9a-z]{1,13}")) {
            try {
                return Long.parseLong(id, 36);
            } catch (NumberFormatException e) {
                throw Problem.NOT_FOUND.exception("no such consultation");
            }
        }
        throw Problem.NOT_FOUND.exception("no such consultation");
    }

    private static Optional<Instant> time(Request request, String name) {
        try {
            return request.parameter(name)
                    .filter(text -> !text.isEmpty())
                    .map(text -> OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeParseException e) {
            throw Problem.INVALID.exception(name + ": must be an RFC 3339 time");
        }
    }
}
