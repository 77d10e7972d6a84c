package org.raabta.signaling.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;

/** Everything that can be wrong with a request, as problem details (RFC 9457) with a stable type. */
public enum Problem {
    BAD_REQUEST(400, "The request is not HTTP as we read it"),
    LINK_UNKNOWN(401, "This link is not one of ours"),
    KEY_UNKNOWN(401, "This call needs a key"),
    WRONG_ROLE(403, "Not allowed with this credential"),
    NOT_FOUND(404, "There is nothing here"),
    METHOD_NOT_ALLOWED(405, "Not with this method"),
    OTHER_ITEM(409, "This id is another item's"),
    WRONG_OFFSET(409, "The upload goes on at another offset"),
    NOT_FINISHED(409, "It is not whole yet"),
    WRONG_STATE(409, "Not in the consultation's present state"),
    LINK_EXPIRED(410, "The link's time is over"),
    CONSULT_ENDED(410, "The consultation has ended"),
    GONE(410, "It is not there any more"),
    TOO_LARGE(413, "The body is too large"),
    URI_TOO_LONG(414, "The address is too long"),
    UNSUPPORTED_TYPE(415, "The body has the wrong content type"),
    WRONG_TYPE(415, "The file is not what it says it is"),
    RANGE(416, "The file ends before that"),
    INVALID(422, "The body says something that cannot be used"),
    BAD_CONTENT(422, "The file is broken, or something hides in it"),
    WRONG_HASH(422, "What arrived is not what was sent"),
    BAD_SDP(422, "The session description cannot be used"),
    TOO_MANY(429, "Too many wrong credentials from this address"),
    TOO_MANY_TRANSFERS(429, "Too many at once"),
    HEADERS_TOO_LARGE(431, "The header fields are too large"),
    INTERNAL(500, "The server met a bug"),
    DRAINING(503, "The server is stopping or not ready"),
    DISK_FULL(507, "The server cannot keep it now"),
    CONSULT_FULL(507, "The consultation has as many files as it may have"),
    CLINIC_FULL(507, "The clinic's room for files is used up");

    private static final String TYPE_PREFIX = "urn:raabta:problem:";

    private final int status;
    private final String title;

    Problem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    /** The stable type, a URI. */
    public String type() {
        return TYPE_PREFIX + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public Response response() {
        return response("");
    }

    /** @param detail for the caller's developer; may name a field, never repeats a value */
    public Response response(String detail) {
        ObjectNode json = Json.object().put("type", type()).put("title", title).put("status", status);
        if (!detail.isEmpty()) {
            json.put("detail", detail);
        }
        Response response = new Response(status, "application/problem+json", Json.bytes(json), Map.of());
        return switch (this) {
            case LINK_UNKNOWN, KEY_UNKNOWN -> response.with("WWW-Authenticate", "Bearer");
            case TOO_MANY -> response.with("Retry-After", "60");
            case DRAINING -> response.with("Retry-After", "10");
            default -> response;
        };
    }

    /** For the middle of a chain of calls; the router answers it. */
    public ProblemException exception(String detail) {
        return new ProblemException(this, detail);
    }
}
