package org.raabta.signaling.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer. The listener adds content length, security headers and, where there is no other, {@code Cache-Control: no-store}.
 *
 * @param contentType empty where there is no body
 * @param body        owned by nobody: never changed after this was made
 * @param pace        how fast the body may be written; null for no limit
 */
@SuppressWarnings("ArrayRecordComponent") // identity is never asked of an answer
public record Response(
        int status,
        String contentType,
        byte[] body,
        Map<String, String> headers,
        @Nullable BodyPace pace) {
    public Response(int status, String contentType, byte[] body, Map<String, String> headers) {
        this(status, contentType, body, headers, null);
    }

    public static Response json(int status, ObjectNode json) {
        return new Response(status, "application/json", Json.bytes(json), Map.of());
    }

    public static Response text(int status, String contentType, String text) {
        return new Response(status, contentType, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    public static Response empty(int status) {
        return new Response(status, "", new byte[0], Map.of());
    }

    public Response with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Response(status, contentType, body, more, pace);
    }

    /** The same, written no faster than {@code pace} says. */
    public Response paced(BodyPace pace) {
        return new Response(status, contentType, body, headers, pace);
    }
}
