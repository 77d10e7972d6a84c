package org.raabta.signaling.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.raabta.signaling.consult.Rooms;
import org.raabta.signaling.consult.Services;
import org.raabta.signaling.http.GuessLimit;
import org.raabta.signaling.http.Handler;
import org.raabta.signaling.http.Problem;
import org.raabta.signaling.http.ProblemException;
import org.raabta.signaling.http.Request;
import org.raabta.signaling.http.Response;
import org.raabta.signaling.http.StaticFiles;
import org.raabta.signaling.link.Instance;
import org.raabta.signaling.link.Token;
import org.raabta.signaling.link.Tokens;
import org.raabta.signaling.pages.InvitePages;
import org.raabta.signaling.pages.LetterPage;
import org.raabta.signaling.records.ConsultRow;
import org.raabta.signaling.settings.Settings;
import org.raabta.signaling.socket.PageSocket;

/** Which request goes where. */
public final class Api implements Handler {
    private final Rooms rooms;
    private final Services services;
    private final Gate gate;
    private final ConsultsApi consults;
    private final LegsApi legs;
    private final TransfersApi transfers;
    private final LettersApi letters;
    private final InvitesApi invites;
    private final ExportApi export;
    private final StaticFiles files;
    private final Identity identity;
    private final Settings.Consults settings;
    private final Supplier<Map<String, Long>> drops;
    private final OpsApi ops;
    private final QueueApi queue;
    private final TryApi tries = new TryApi();
    private final AtomicBoolean draining = new AtomicBoolean();

    /**
     * Fixed for a server's life.
     *
     * @param base what links begin with
     */
    public record Identity(Tokens tokens, String clinicKey, String operatorKey, String base) {
        /** Never prints a key. */
        @Override
        public String toString() {
            return "Identity[" + base + "]";
        }
    }

    /** Pages that the server fills in. */
    public record Filled(LetterPage letter, InvitePages invite) {}

    /** @param drops media packets dropped since the start, by reason */
    public Api(
            Settings settings,
            Rooms rooms,
            Services services,
            Identity identity,
            StaticFiles files,
            Filled pages,
            Supplier<Map<String, Long>> drops) {
        this.drops = drops;
        this.rooms = rooms;
        this.services = services;
        this.files = files;
        this.identity = identity;
        this.settings = settings.consults();
        this.gate = new Gate(
                new Gate.Keys(identity.clinicKey(), identity.operatorKey()),
                identity.tokens(),
                new GuessLimit(settings.limits().badTokensPerMinute(), System::nanoTime),
                services.meters(),
                services.clock());
        Links links = new Links(identity.tokens(), identity.base());
        this.consults = new ConsultsApi(settings.consults(), rooms, services, gate, links);
        this.invites = new InvitesApi(services, gate, links, pages.invite());
        this.ops = new OpsApi(rooms, drops);
        this.queue = new QueueApi(rooms, services.line(), links);
        this.transfers = new TransfersApi(rooms, gate);
        this.letters = new LettersApi(rooms, services, gate, identity.tokens(), pages.letter());
        this.export = new ExportApi(rooms, gate, services.shelf().checks());
        this.legs = new LegsApi(rooms, gate, services.relay().fingerprint());
    }

    /** From now on nothing new begins. */
    public void drain() {
        draining.set(true);
    }

    /** A consultation for trying things out. */
    public CompletionStage<ConsultRow> createDemo() {
        java.time.Instant now = services.clock().instant();
        ConsultBody body = new ConsultBody("Demo", null, null, null, null);
        return consults.create(body.check(now, settings.lifetime(), settings.maxLifetime()), "server", true, now);
    }

    @Override
    public CompletionStage<Response> handle(Request request) {
        try {
            return route(request, List.of(request.path().substring(1).split("/", 8)));
        } catch (ProblemException e) {
            return CompletableFuture.completedFuture(e.response());
        }
    }

    @Override
    public CompletionStage<Upgrade> upgrade(Request request) {
        try {
            List<String> path = List.of(request.path().substring(1).split("/", 4));
            if (path.size() != 2
                    || !path.get(0).equals("s")
                    || !request.method().equals("GET")) {
                throw Problem.NOT_FOUND.exception("");
            }
            refuseWhileDraining();
            Token token = gate.liveToken(request, path.get(1));
            String id = request.parameter("k").orElse("");
            if (!Instance.isId(id)) {
                throw Problem.INVALID.exception("k: 8 base64url characters");
            }
            Instance instance = new Instance(path.get(1), id);
            return rooms.with(token.consult(), room -> {
                        Admission.check(room, token);
                        return (Upgrade) new Upgrade.Accepted(
                                new PageSocket(rooms, services.meters(), token.consult(), token.role(), instance));
                    })
                    .thenApply(found -> found.orElseThrow(() -> Problem.LINK_UNKNOWN.exception("")))
                    .exceptionally(Api::refused);
        } catch (ProblemException e) {
            return CompletableFuture.completedFuture(new Upgrade.Refused(e.response()));
        }
    }

    private static Upgrade refused(Throwable failure) {
        Throwable cause = failure.getCause() == null ? failure : failure.getCause();
        if (cause instanceof ProblemException problem) {
            return new Upgrade.Refused(problem.response());
        }
        throw new java.util.concurrent.CompletionException(cause);
    }

    private CompletionStage<Response> route(Request request, List<String> path) {
        return switch (path.get(0)) {
            case "api" -> api(request, path.subList(1, path.size()));
            case "c", "d" -> {
                if (path.size() == 3 && path.get(0).equals("d")) {
                    yield invitation(request, path.get(1), path.get(2));
                }
                if (path.size() != 2 || path.get(1).isEmpty()) {
                    yield notFound(request);
                }
                if (path.get(0).equals("c")) {
                    yield patient(request, path.get(1));
                }
                method(request, "GET");
                yield now(files.page(request, "doctor.html"));
            }
            case "worker.js" -> {
                method(request, "GET");
                yield path.size() == 1 ? now(files.worker(request)) : notFound(request);
            }
            case "assets" -> {
                method(request, "GET");
                yield path.size() == 2
                        ? files.asset(request, path.get(1))
                                .map(file -> asset(request, file))
                                .orElseGet(() -> notFound(request))
                        : notFound(request);
            }
            case "favicon.ico" -> now(Response.empty(204).with("Cache-Control", "public, max-age=86400"));
            case "healthz" -> now(Response.text(200, "text/plain", "ok\n"));
            case "readyz" -> ready();
            case "metrics" -> {
                method(request, "GET");
                gate.operator(request);
                yield now(Response.text(
                        200,
                        "text/plain; version=0.0.4; charset=utf-8",
                        services.meters().text(drops.get())));
            }
            case "ops", "queue", "try" -> {
                method(request, "GET");
                yield path.size() == 1 ? now(files.page(request, path.get(0) + ".html")) : notFound(request);
            }
            case "s" -> now(Problem.BAD_REQUEST.response("this address wants a WebSocket"));
            default -> notFound(request);
        };
    }

    private CompletionStage<Response> patient(Request request, String text) {
        if (request.method().equals("POST")) {
            return letters.post(request, text);
        }
        method(request, "GET");
        return LettersApi.wanted(request) ? letters.show(request, text) : patientPage(request, text);
    }

    private CompletionStage<Response> invitation(Request request, String text, String what) {
        method(request, "GET");
        return switch (what) {
            case "invite" -> invites.invite(request, text);
            case "card" -> invites.card(request, text);
            default -> notFound(request);
        };
    }

    @Override
    public boolean bringsFile(Request head) {
        return letterTo(head).filter(letters::bringsFile).isPresent();
    }

    @Override
    public Response refused(Request head, Problem why) {
        return letterTo(head).map(link -> letters.refused(head, why)).orElseGet(why::response);
    }

    /** The link that a form is sent to. */
    private static Optional<String> letterTo(Request head) {
        String[] path = head.path().split("/", 4);
        return head.method().equals("POST") && path.length == 3 && path[1].equals("c")
                ? Optional.of(path[2])
                : Optional.empty();
    }

    /** Static; of the consultation only its language is looked at, so that no other one travels to the phone. */
    private CompletionStage<Response> patientPage(Request request, String text) {
        return identity.tokens()
                .read(text)
                .map(token -> services.records()
                        .find(token.consult())
                        .thenApply(row -> row.flatMap(ConsultRow::language))
                        // Without records the page still comes, and says what is the matter.
                        .exceptionally(failure -> Optional.empty()))
                .orElseGet(() -> CompletableFuture.completedFuture(Optional.empty()))
                .thenApply(language -> files.pageInLanguage(request, "patient", language))
                // Some browsers get another page at the same address.
                .thenApply(page -> page.with("Vary", "Accept-Encoding, Accept-Language, User-Agent"));
    }

    /** A page that says whose it is gets what its call leaves over; anybody else all there is. */
    private CompletionStage<Response> asset(Request request, Response file) {
        if (request.bearer().isEmpty()) {
            return now(file);
        }
        Token token = gate.token(request);
        return rooms.with(token.consult(), room -> room.pace(token.role()))
                .thenApply(pace -> pace.flatMap(left -> left).map(file::paced).orElse(file));
    }

    private CompletionStage<Response> api(Request request, List<String> path) {
        String shape = String.join(" ", path.isEmpty() ? List.of("") : path.subList(0, 1)) + " " + path.size();
        return switch (shape) {
            case "consults 1" -> {
                method(request, "POST");
                refuseWhileDraining();
                yield consults.create(request);
            }
            case "consults 2" -> {
                method(request, "GET");
                yield consults.status(request, path.get(1));
            }
            case "consults 3" -> consult(request, path.get(1), path.get(2));
            case "export.zip 1" -> {
                method(request, "GET");
                yield export.own(request);
            }
            case "reports.csv 1" -> {
                method(request, "GET");
                yield consults.reports(request);
            }
            case "ops 1" -> {
                method(request, "GET");
                gate.operator(request);
                yield ops.live(services.clock().millis());
            }
            case "try 1" ->
                switch (request.method()) {
                    case "GET" -> now(tries.down(request));
                    case "POST" -> now(tries.up());
                    default -> throw Problem.METHOD_NOT_ALLOWED.exception("GET or POST");
                };
            case "queue 1" -> {
                method(request, "GET");
                gate.clinic(request);
                yield queue.waiting(services.clock().instant());
            }
            case "transfers 1" -> {
                method(request, "POST");
                yield transfers.create(request);
            }
            case "transfers 2" -> transfer(request, path.get(1));
            case "timeline 1" ->
                switch (request.method()) {
                    case "GET" -> transfers.timeline(request);
                    case "POST" -> transfers.say(request);
                    default -> throw Problem.METHOD_NOT_ALLOWED.exception("GET or POST");
                };
            case "links 2" -> {
                method(request, "GET");
                yield consults.link(request, path.get(1));
            }
            case "legs 1" -> {
                method(request, "POST");
                refuseWhileDraining();
                yield legs.join(request);
            }
            case "legs 2" ->
                switch (request.method()) {
                    case "PATCH" -> legs.patch(request, path.get(1));
                    case "DELETE" -> legs.leave(request, path.get(1));
                    default -> throw Problem.METHOD_NOT_ALLOWED.exception("PATCH or DELETE");
                };
            default -> notFound(request);
        };
    }

    private CompletionStage<Response> transfer(Request request, String id) {
        return switch (request.method()) {
            case "GET" -> request.head() ? transfers.offset(request, id) : transfers.read(request, id);
            case "PATCH" -> transfers.patch(request, id);
            case "DELETE" -> transfers.cancel(request, id);
            default -> throw Problem.METHOD_NOT_ALLOWED.exception("HEAD, GET, PATCH or DELETE");
        };
    }

    private CompletionStage<Response> consult(Request request, String id, String what) {
        return switch (what) {
            case "admit" -> {
                method(request, "POST");
                yield consults.admit(request, id);
            }
            case "end" -> {
                method(request, "POST");
                yield consults.end(request, id);
            }
            case "export.zip" -> {
                method(request, "GET");
                yield export.export(request, id);
            }
            case "events" -> {
                method(request, "GET");
                yield consults.events(request, id);
            }
            case "report" -> {
                method(request, "GET");
                yield consults.report(request, id);
            }
            default -> notFound(request);
        };
    }

    private CompletionStage<Response> ready() {
        if (draining.get()) {
            return now(Problem.DRAINING.response());
        }
        return services.records()
                .ready()
                .exceptionally(failure -> false)
                .thenApply(ready -> ready ? Response.text(200, "text/plain", "ok\n") : Problem.DRAINING.response());
    }

    private void refuseWhileDraining() {
        if (draining.get()) {
            throw Problem.DRAINING.exception("");
        }
    }

    private static void method(Request request, String method) {
        if (!request.method().equals(method)) {
            throw Problem.METHOD_NOT_ALLOWED.exception(method);
        }
    }

    private static CompletionStage<Response> notFound(Request request) {
        boolean person = request.header("accept").orElse("").contains("text/html");
        return now(
                person
                        ? Response.text(404, "text/html; charset=utf-8", NotFoundPage.HTML)
                                .with("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
                        : Problem.NOT_FOUND.response());
    }

    private static CompletionStage<Response> now(Response response) {
        return CompletableFuture.completedFuture(response);
    }
}
