package org.raabta.signaling.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.raabta.relay.control.Role;
import org.raabta.signaling.consult.ConsultState;
import org.raabta.signaling.consult.Room;
import org.raabta.signaling.consult.Rooms;
import org.raabta.signaling.exchange.Admitted;
import org.raabta.signaling.exchange.HttpExchange;
import org.raabta.signaling.exchange.Patched;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.http.Problem;
import org.raabta.signaling.http.Request;
import org.raabta.signaling.http.Response;
import org.raabta.signaling.link.Token;
import org.raabta.signaling.media.MediaType;
import org.raabta.signaling.socket.ItemMessages;
import org.raabta.signaling.socket.PageMessage;
import org.raabta.signaling.timeline.Status;
import org.raabta.signaling.transfer.ItemKind;
import org.raabta.signaling.transfer.Offer;
import org.raabta.signaling.transfer.OfferParser;
import org.raabta.signaling.transfer.Refusal;

/** {@code /api/transfers} and {@code /api/timeline}: the same for browsers without a working socket; docs/protocol.md, "Plain HTTP". */
final class TransfersApi {
    private static final String CHUNK = "application/offset+octet-stream";
    private static final String OFFSET = ItemHeaders.OFFSET;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");

    private final Rooms rooms;
    private final Gate gate;

    TransfersApi(Rooms rooms, Gate gate) {
        this.rooms = rooms;
        this.gate = gate;
    }

    CompletionStage<Response> create(Request request) {
        Token token = token(request);
        JsonNode json = json(request);
        Offer offer;
        try {
            offer = OfferParser.parse(json);
        } catch (IllegalArgumentException e) {
            throw Problem.INVALID.exception(String.valueOf(e.getMessage()));
        }
        if (offer.kind() == ItemKind.STILL) {
            throw Problem.INVALID.exception("kind: live pictures go over the socket");
        }
        return with(
                token,
                http -> http.create(token.role().label(), offer).thenApply(admitted -> created(offer, admitted)));
    }

    private static Response created(Offer offer, Admitted admitted) {
        if (admitted instanceof Admitted.Refused refused) {
            return problem(refused.why()).response(refused.why().detail());
        }
        int offset = admitted instanceof Admitted.From from ? from.offset() : offer.bytes();
        return Response.empty(offset == 0 ? 201 : 200)
                .with("Location", "/api/transfers/" + offer.id())
                .with(OFFSET, Integer.toString(offset));
    }

    /** HEAD: how far it is. */
    CompletionStage<Response> offset(Request request, String id) {
        Token token = token(request);
        checkId(id);
        return with(
                token,
                http -> http.find(id)
                        .thenApply(found -> found.map(item -> Response.empty(200)
                                        .with(OFFSET, Integer.toString(item.offset()))
                                        .with("Upload-Length", Integer.toString(item.bytes())))
                                .orElseThrow(() -> Problem.NOT_FOUND.exception("no such item"))));
    }

    CompletionStage<Response> patch(Request request, String id) {
        Token token = token(request);
        checkId(id);
        if (!request.contentType().equals(CHUNK)) {
            throw Problem.UNSUPPORTED_TYPE.exception("needs " + CHUNK);
        }
        int offset = ItemHeaders.offset(request.header(OFFSET).orElse(""));
        return with(
                token,
                http -> http.patch(token.role().label(), id, offset, request.body())
                        .thenApply(patched -> paced(http, token, patched(patched))));
    }

    private static Response patched(Patched patched) {
        if (patched instanceof Patched.At at) {
            return Response.empty(204).with(OFFSET, Integer.toString(at.offset()));
        } else if (patched instanceof Patched.WrongOffset wrong) {
            return Problem.WRONG_OFFSET
                    .response("goes on at another offset")
                    .with(OFFSET, Integer.toString(wrong.offset()));
        } else if (patched instanceof Patched.Refused refused) {
            return problem(refused.why()).response(refused.why().detail());
        }
        throw Problem.NOT_FOUND.exception("no such item of yours");
    }

    private static Response paced(HttpExchange http, Token token, Response response) {
        return http.pace(token.role().label())
                .map(kbps -> response.with("Raabta-Pace", Double.toString(kbps)))
                .orElse(response);
    }

    CompletionStage<Response> cancel(Request request, String id) {
        Token token = token(request);
        checkId(id);
        return with(
                token,
                http -> http.cancel(token.role().label(), id).thenApply(there -> {
                    if (!there) {
                        throw Problem.NOT_FOUND.exception("no such unfinished item of yours");
                    }
                    return Response.empty(204);
                }));
    }

    /** The finished item, for those who were in the consultation. */
    CompletionStage<Response> read(Request request, String id) {
        Token token = token(request);
        checkId(id);
        int from = ItemHeaders.from(request.header("range").orElse(""));
        return with(
                token,
                http -> http.find(id).thenCompose(found -> {
                    HttpExchange.Item item = found.orElseThrow(() -> Problem.NOT_FOUND.exception("no such item"));
                    Status status = item.entry().status();
                    if (status == Status.COMING) {
                        throw Problem.NOT_FINISHED.exception("it is still coming");
                    }
                    if (!status.kept()) {
                        throw Problem.GONE.exception("it is not there any more");
                    }
                    return http.read(id).thenApply(bytes -> file(item, bytes, from));
                }));
    }

    private static Response file(HttpExchange.Item item, byte[] bytes, int from) {
        MediaType type = MediaType.ofLabel(item.entry().text("type")).orElseThrow();
        String name = item.entry().kind().label() + "-" + item.entry().place() + "." + type.suffix();
        if (from >= bytes.length && from > 0) {
            return Problem.RANGE.response("").with("Content-Range", "bytes */" + bytes.length);
        }
        Response whole = new Response(
                from == 0 ? 200 : 206,
                type.label(),
                from == 0 ? bytes : Arrays.copyOfRange(bytes, from, bytes.length),
                java.util.Map.of());
        if (from > 0) {
            whole = whole.with("Content-Range", "bytes " + from + "-" + (bytes.length - 1) + "/" + bytes.length);
        }
        // Whatever a browser makes of it: no script, no frame, no guess at another type.
        return whole.with("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .with("Content-Security-Policy", "sandbox; default-src 'none'")
                .with("Cross-Origin-Resource-Policy", "same-origin")
                .with("Accept-Ranges", "bytes");
    }

    CompletionStage<Response> timeline(Request request) {
        Token token = token(request);
        String from = request.parameter("from").orElse("0");
        if (!NUMBER.matcher(from).matches()) {
            throw Problem.INVALID.exception("from: must be a whole number");
        }
        return with(token, http -> http.timeline(Long.parseLong(from)).thenApply(json -> Response.json(200, json)));
    }

    /** A message, a request for a photo, or the word that something was read. */
    CompletionStage<Response> say(Request request) {
        Token token = token(request);
        JsonNode json = json(request);
        PageMessage.Beside message;
        try {
            message = ItemMessages.parse(json.path("t").asText(""), json);
        } catch (IllegalArgumentException e) {
            throw Problem.INVALID.exception(String.valueOf(e.getMessage()));
        }
        String role = token.role().label();
        return inRoom(token, room -> {
            Admission.checkOver(room);
            if (message instanceof PageMessage.Message text) {
                room.exchange().message(Optional.empty(), role, text.id(), text.text());
            } else if (message instanceof PageMessage.PhotoRequest ask) {
                if (token.role() != Role.DOCTOR) {
                    throw Problem.WRONG_ROLE.exception("only a doctor may ask for a photo");
                }
                room.exchange().photoRequest(Optional.empty(), role, ask.id(), ask.view());
            } else if (message instanceof PageMessage.Reached reached) {
                room.exchange().reached(Optional.empty(), role, reached.id(), reached.version(), reached.seen());
            } else {
                throw Problem.INVALID.exception("t must be msg, photo-request, got or seen");
            }
            return room.exchange().http().kept().thenApply(kept -> Response.empty(204));
        });
    }

    private Token token(Request request) {
        return gate.liveToken(request, request.bearer().orElse(""));
    }

    private CompletionStage<Response> with(Token token, Function<HttpExchange, CompletionStage<Response>> action) {
        return inRoom(token, room -> {
            // What was begun may be finished, and what there is looked at, after the end as well: the exchange knows.
            if (room.view().state() == ConsultState.EXPIRED) {
                throw Problem.LINK_EXPIRED.exception("");
            }
            return action.apply(room.exchange().http());
        });
    }

    private CompletionStage<Response> inRoom(Token token, Function<Room, CompletionStage<Response>> action) {
        return rooms.with(token.consult(), room -> {
                    if (!room.row().invited().contains(token.role().label())) {
                        throw Problem.LINK_UNKNOWN.exception("");
                    }
                    return action.apply(room);
                })
                .thenCompose(found -> found.orElseThrow(() -> Problem.LINK_UNKNOWN.exception("")));
    }

    private static void checkId(String id) {
        if (!OfferParser.ID.matcher(id).matches()) {
            throw Problem.NOT_FOUND.exception("no such item");
        }
    }

    private static JsonNode json(Request request) {
        if (!request.contentType().equals("application/json")) {
            throw Problem.UNSUPPORTED_TYPE.exception("needs application/json");
        }
        try {
            JsonNode json = Json.mapper().readTree(request.body());
            if (json instanceof ObjectNode) {
                return json;
            }
        } catch (JsonProcessingException e) {
            throw Problem.INVALID.exception("not one JSON object");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        throw Problem.INVALID.exception("not one JSON object");
    }

    static Problem problem(Refusal why) {
        return switch (why) {
            case TOO_LARGE -> Problem.TOO_LARGE;
            case CONSULT_FULL -> Problem.CONSULT_FULL;
            case CLINIC_FULL -> Problem.CLINIC_FULL;
            case DISK_FULL -> Problem.DISK_FULL;
            case WRONG_TYPE -> Problem.WRONG_TYPE;
            case BAD_CONTENT -> Problem.BAD_CONTENT;
            case WRONG_HASH -> Problem.WRONG_HASH;
            case OTHER_ITEM -> Problem.OTHER_ITEM;
            case TOO_MANY -> Problem.TOO_MANY_TRANSFERS;
            case ENDED -> Problem.CONSULT_ENDED;
            case WRONG_STATE -> Problem.WRONG_STATE;
            case TOO_SLOW, REPLACED, GONE -> Problem.GONE;
        };
    }
}
