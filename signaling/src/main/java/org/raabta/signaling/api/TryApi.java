package org.raabta.signaling.api;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.raabta.signaling.http.Problem;
import org.raabta.signaling.http.Request;
import org.raabta.signaling.http.Response;

/** {@code /api/try}: bytes down and bytes up, for the page that measures a link without a consultation. */
final class TryApi {
    private static final int MOST_BYTES = 32_000;

    /** The same for everybody; no compression makes anything of them. */
    private final byte[] bytes = new byte[MOST_BYTES];

    TryApi() {
        new Random(1).nextBytes(bytes);
    }

    /** {@code ?b=} says how many. */
    Response down(Request request) {
        String wanted = request.parameter("b").orElse("");
        if (!wanted.matches("\\d{1,5}") || Integer.parseInt(wanted) > MOST_BYTES) {
            throw Problem.INVALID.exception("b: must be 0 to " + MOST_BYTES);
        }
        int count = Integer.parseInt(wanted);
        return new Response(200, "application/octet-stream", Arrays.copyOf(bytes, count), Map.of());
    }

    /** What came is not looked at; how much may come is what any body may have. */
    Response up() {
        return Response.empty(204);
    }
}
