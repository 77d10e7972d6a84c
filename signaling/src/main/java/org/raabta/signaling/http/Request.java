package org.raabta.signaling.http;

import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A whole request, whichever version of HTTP it came by.
 *
 * @param method HEAD arrives as GET
 * @param path   as sent, without the query; segments are not decoded, for none of ours needs it
 * @param head   it is HEAD: the answer's body is left out by the listener
 * @param query  the first value of each parameter
 */
@SuppressWarnings("ArrayRecordComponent") // identity is never asked of a request
public record Request(
        String method,
        String path,
        Map<String, List<String>> query,
        HttpHeaders headers,
        byte[] body,
        InetAddress from,
        boolean secure,
        boolean head) {
    private static final int MAX_PARAMETERS = 16;

    /** Copies what it needs of {@code http}; borrows it. */
    static Request of(FullHttpRequest http, InetAddress from, boolean secure) {
        byte[] body = new byte[http.content().readableBytes()];
        http.content().getBytes(http.content().readerIndex(), body);
        return of(http, body, from, secure);
    }

    /** A request whose body has not come yet. */
    static Request head(HttpRequest http, InetAddress from, boolean secure) {
        return of(http, new byte[0], from, secure);
    }

    private static Request of(HttpRequest http, byte[] body, InetAddress from, boolean secure) {
        QueryStringDecoder uri = new QueryStringDecoder(http.uri(), StandardCharsets.UTF_8, true, MAX_PARAMETERS);
        String method = http.method().name();
        return new Request(
                method.equals("HEAD") ? "GET" : method,
                uri.rawPath(),
                uri.parameters(),
                http.headers(),
                body,
                from,
                secure,
                method.equals("HEAD"));
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name))
                .filter(values -> !values.isEmpty())
                .map(values -> values.get(0));
    }

    public Optional<String> header(CharSequence name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The media type of the body without parameters, in lower case; empty if not said. */
    public String contentType() {
        String type = header(HttpHeaderNames.CONTENT_TYPE).orElse("");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    /** The credential of {@code Authorization: Bearer}. */
    public Optional<String> bearer() {
        return header(HttpHeaderNames.AUTHORIZATION)
                .filter(value -> value.regionMatches(true, 0, "Bearer ", 0, 7))
                .map(value -> value.substring(7).strip());
    }

    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
