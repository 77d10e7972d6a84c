package org.raabta.signaling.api;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.raabta.relay.control.Role;
import org.raabta.signaling.consult.Rooms;
import org.raabta.signaling.consult.Services;
import org.raabta.signaling.exchange.Admitted;
import org.raabta.signaling.exchange.HttpExchange;
import org.raabta.signaling.exchange.Patched;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.http.Problem;
import org.raabta.signaling.http.ProblemException;
import org.raabta.signaling.http.Request;
import org.raabta.signaling.http.Response;
import org.raabta.signaling.link.Token;
import org.raabta.signaling.link.Tokens;
import org.raabta.signaling.media.MediaType;
import org.raabta.signaling.pages.LetterPage;
import org.raabta.signaling.pages.LetterPage.Form;
import org.raabta.signaling.pages.LetterPage.Notice;
import org.raabta.signaling.pages.OldBrowsers;
import org.raabta.signaling.records.ConsultRow;
import org.raabta.signaling.socket.ItemMessages;
import org.raabta.signaling.transfer.ItemKind;
import org.raabta.signaling.transfer.Offer;
import org.raabta.signaling.transfer.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page without script and what is sent with it; docs/protocol.md, "The page without script". Every answer is a page. */
final class LettersApi {
    private static final Logger LOG = LoggerFactory.getLogger(LettersApi.class);
    private static final String PATIENT = Role.PATIENT.label();
    private static final String CALL_SIGN = "\u260e ";
    /** Before a number: its plus sign stays in front in a text from the right. */
    private static final String LEFT_TO_RIGHT = "\u200e";

    private static final int ID_CHARS = 16;

    private final Rooms rooms;
    private final Services services;
    private final Gate gate;
    private final Tokens tokens;
    private final LetterPage page;
    private final SecureRandom random = new SecureRandom();

    LettersApi(Rooms rooms, Services services, Gate gate, Tokens tokens, LetterPage page) {
        this.rooms = rooms;
        this.services = services;
        this.gate = gate;
        this.tokens = tokens;
        this.page = page;
    }

    /** Whether a patient's link is to show this page: {@code ?w} asks for it, {@code ?w=0} for the other one. */
    static boolean wanted(Request request) {
        return request.parameter("w")
                .map(asked -> !asked.equals("0"))
                .orElseGet(() -> OldBrowsers.cannotCall(
                        request.header(HttpHeaderNames.USER_AGENT).orElse("")));
    }

    /** Whether a form from the link {@code text} may bring a file. */
    boolean bringsFile(String text) {
        return tokens.read(text)
                .filter(token -> token.role() == Role.PATIENT
                        && !token.expiredAt(services.clock().instant()))
                .isPresent();
    }

    /** What is told instead of the answer to a form whose body was not taken. */
    Response refused(Request request, Problem why) {
        List<Notice> notices = why == Problem.TOO_LARGE
                ? List.of(new Notice("too-large", false), new Notice("not-sent", false))
                : List.of(new Notice(key(why), false));
        return page.show(why.status(), request, Optional.empty(), notices, Optional.of(form("", "")));
    }

    /** What one part of the form came to. */
    private record Part(Notice notice, Optional<Problem> problem) {
        static Part sent(String key) {
            return new Part(new Notice(key, true), Optional.empty());
        }

        static Part not(String key, Problem problem) {
            return new Part(new Notice(key, false), Optional.of(problem));
        }
    }

    /** Changes nothing, and opens nothing: robots that look at links come here too. */
    CompletionStage<Response> show(Request request, String text) {
        return withRow(
                request,
                text,
                row -> CompletableFuture.completedFuture(
                        page.show(200, request, row.language(), List.of(), Optional.of(form("", "")))));
    }

    CompletionStage<Response> post(Request request, String text) {
        return withRow(request, text, row -> {
            LetterForm form =
                    LetterForm.read(request.header(HttpHeaderNames.CONTENT_TYPE).orElse(""), request.body());
            String call = page.callMessage(request, row.language());
            return rooms.with(row.id(), room -> {
                        Admission.checkOver(room);
                        return deliver(room.exchange().http(), form, call);
                    })
                    .thenCompose(found -> found.orElseThrow(() -> Problem.LINK_UNKNOWN.exception("")))
                    .thenApply(parts -> answer(request, row, form, parts));
        });
    }

    private interface Action {
        CompletionStage<Response> of(ConsultRow row);
    }

    /** For a link that leads somewhere; whatever is wrong becomes a page that says so in the consultation's language. */
    private CompletionStage<Response> withRow(Request request, String text, Action action) {
        Token token;
        try {
            token = gate.token(request, text);
        } catch (ProblemException e) {
            return CompletableFuture.completedFuture(problem(request, Optional.empty(), e));
        }
        return services.records().find(token.consult()).thenCompose(found -> {
            Optional<String> language = found.flatMap(ConsultRow::language);
            return attempt(() -> action.of(open(found, token)))
                    .exceptionally(failure -> problem(request, language, failure));
        });
    }

    private ConsultRow open(Optional<ConsultRow> found, Token token) {
        ConsultRow row = found.filter(
                        known -> token.role() == Role.PATIENT && known.invited().contains(PATIENT))
                .orElseThrow(() -> Problem.LINK_UNKNOWN.exception(""));
        if (token.expiredAt(services.clock().instant())) {
            throw Problem.LINK_EXPIRED.exception("");
        }
        if (row.endedBy().isPresent()) {
            throw Problem.CONSULT_ENDED.exception("");
        }
        return row;
    }

    private static CompletionStage<Response> attempt(java.util.function.Supplier<CompletionStage<Response>> action) {
        try {
            return action.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private Response problem(Request request, Optional<String> language, Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        Problem problem = Problem.INTERNAL;
        if (cause instanceof ProblemException known) {
            problem = known.problem();
        } else {
            LOG.error("the page without script met a bug", cause);
        }
        boolean over =
                problem == Problem.LINK_UNKNOWN || problem == Problem.LINK_EXPIRED || problem == Problem.CONSULT_ENDED;
        return page.show(
                // A browser asks its person for a name and a password where it reads 401.
                problem == Problem.LINK_UNKNOWN ? 404 : problem.status(),
                request,
                language,
                List.of(new Notice(key(problem), false)),
                over ? Optional.empty() : Optional.of(form("", "")));
    }

    private static String key(Problem problem) {
        return switch (problem) {
            case LINK_UNKNOWN -> "link-unknown";
            case LINK_EXPIRED -> "link-expired";
            case CONSULT_ENDED, GONE -> "over";
            case CONSULT_FULL, CLINIC_FULL -> "full";
            case TOO_LARGE -> "too-large";
            case WRONG_TYPE, BAD_CONTENT, OTHER_ITEM -> "wrong-type";
            case INVALID, UNSUPPORTED_TYPE, WRONG_HASH, METHOD_NOT_ALLOWED -> "broken";
            default -> "later";
        };
    }

    private Form form(String text, String phone) {
        byte[] bytes = new byte[12];
        random.nextBytes(bytes);
        return new Form(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), text, phone);
    }

    /** One after the other, each for itself: a photo that is not taken takes no words along. */
    private CompletionStage<List<Part>> deliver(HttpExchange http, LetterForm form, String call) {
        String draft = form.draft().orElseGet(() -> form("", "").draft());
        CompletionStage<List<Part>> parts = CompletableFuture.completedFuture(new ArrayList<>());
        if (form.text().length() > ItemMessages.MOST_CHARS) {
            parts = add(parts, CompletableFuture.completedFuture(Part.not("too-long", Problem.INVALID)));
        } else if (!form.text().isEmpty()) {
            parts = parts.thenCompose(list -> add(list, say(http, draft, "text", form.text())));
        }
        if (!form.phone().isEmpty() && form.number().isEmpty()) {
            parts = add(parts, CompletableFuture.completedFuture(Part.not("bad-phone", Problem.INVALID)));
        } else if (form.call() || !form.phone().isEmpty()) {
            String number =
                    form.number().map(digits -> LEFT_TO_RIGHT + digits + "\n").orElse("");
            parts = parts.thenCompose(list -> add(list, say(http, draft, "call", CALL_SIGN + number + call)));
        }
        if (form.photo().isPresent()) {
            byte[] photo = form.photo().get();
            parts = parts.thenCompose(list -> add(list, put(http, draft, photo)));
        }
        return parts;
    }

    private static CompletionStage<List<Part>> add(CompletionStage<List<Part>> parts, CompletionStage<Part> part) {
        return parts.thenCompose(list -> add(list, part));
    }

    private static CompletionStage<List<Part>> add(List<Part> parts, CompletionStage<Part> part) {
        return part.thenApply(one -> {
            parts.add(one);
            return parts;
        });
    }

    private static CompletionStage<Part> say(HttpExchange http, String draft, String what, String text) {
        String id = id(draft, what, text.getBytes(StandardCharsets.UTF_8));
        return http.message(PATIENT, id, text)
                .thenApply(refusal -> refusal.map(LettersApi::not).orElseGet(() -> Part.sent("sent-" + what)));
    }

    private static CompletionStage<Part> put(HttpExchange http, String draft, byte[] photo) {
        Optional<MediaType> type = MediaType.pictureOf(photo);
        if (type.isEmpty()) {
            return CompletableFuture.completedFuture(not(Refusal.WRONG_TYPE));
        }
        String id = id(draft, "photo", photo);
        String sha = Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(photo));
        Offer offer = new Offer(id, ItemKind.PHOTO, photo.length, type.get().label(), sha, 0, Json.object());
        return http.create(PATIENT, offer).thenCompose(admitted -> {
            if (admitted instanceof Admitted.Refused refused) {
                return CompletableFuture.completedFuture(not(refused.why()));
            }
            if (!(admitted instanceof Admitted.From from)) {
                return CompletableFuture.completedFuture(Part.sent("sent-photo"));
            }
            byte[] rest = Arrays.copyOfRange(photo, from.offset(), photo.length);
            return http.patch(PATIENT, id, from.offset(), rest).thenApply(LettersApi::patched);
        });
    }

    private static Part patched(Patched patched) {
        if (patched instanceof Patched.Refused refused) {
            return not(refused.why());
        }
        return patched instanceof Patched.At ? Part.sent("sent-photo") : Part.not("later", Problem.WRONG_OFFSET);
    }

    private static Part not(Refusal why) {
        Problem problem = TransfersApi.problem(why);
        return Part.not(key(problem), problem);
    }

    /** The same again has the same id and stands in the time line once; something else under the same form's number has another. */
    private static String id(String draft, String what, byte[] content) {
        byte[] seed = (draft + " " + what + " ").getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(seed, seed.length + content.length);
        System.arraycopy(content, 0, both, seed.length, content.length);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(sha256(both))
                .substring(0, ID_CHARS);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private Response answer(Request request, ConsultRow row, LetterForm form, List<Part> parts) {
        if (parts.isEmpty()) {
            return page.show(
                    Problem.INVALID.status(),
                    request,
                    row.language(),
                    List.of(new Notice("nothing", false)),
                    Optional.of(form("", "")));
        }
        boolean spoken = sent(parts, "sent-text");
        boolean called = sent(parts, "sent-call");
        return page.show(
                parts.stream()
                        .flatMap(part -> part.problem().stream())
                        .findFirst()
                        .map(Problem::status)
                        .orElse(200),
                request,
                row.language(),
                parts.stream().map(Part::notice).toList(),
                // What could not be kept stands in the form again: nobody types a page twice.
                Optional.of(form(spoken ? "" : form.text(), called ? "" : form.phone())));
    }

    private static boolean sent(List<Part> parts, String key) {
        return parts.stream().anyMatch(part -> part.notice().key().equals(key));
    }
}
