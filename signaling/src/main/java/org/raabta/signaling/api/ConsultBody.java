package org.raabta.signaling.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.http.Problem;
import org.raabta.signaling.http.Request;

/** The body of {@code POST /api/consults}. */
record ConsultBody(
        @JsonProperty("patientName") @Nullable String patientName,
        @JsonProperty("language") @Nullable String language,
        @JsonProperty("opensAt") @Nullable String opensAt,
        @JsonProperty("expiresAt") @Nullable String expiresAt,
        @JsonProperty("profile") @Nullable String profile) {
    private static final int MAX_NAME = 100;
    private static final String LANGUAGE = "[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}";

    /** Checked and completed. */
    record Wanted(
            Optional<String> patientName,
            Optional<String> language,
            Optional<Instant> opensAt,
            Instant expiresAt,
            Optional<String> profile) {}

    static ConsultBody read(Request request) {
        if (!request.contentType().equals("application/json")) {
            throw Problem.UNSUPPORTED_TYPE.exception("needs application/json");
        }
        try {
            ConsultBody body = Json.mapper().readValue(request.body(), ConsultBody.class);
            if (body == null) {
                throw Problem.INVALID.exception("needs a JSON object");
            }
            return body;
        } catch (UnrecognizedPropertyException e) {
            // The field's name is the caller's own text: bounded and stripped before it is repeated.
            throw Problem.INVALID.exception("unknown field: " + printable(e.getPropertyName()));
        } catch (JsonMappingException e) {
            String field = e.getPath().isEmpty()
                    ? ""
                    : String.valueOf(e.getPath().get(0).getFieldName());
            throw Problem.INVALID.exception(
                    field.isEmpty() ? "needs a JSON object" : printable(field) + ": wrong type");
        } catch (JacksonException e) {
            throw Problem.INVALID.exception("not JSON");
        } catch (java.io.IOException e) {
            throw Problem.INVALID.exception("not JSON");
        }
    }

    /** @throws org.raabta.signaling.http.ProblemException naming the field */
    Wanted check(Instant now, Duration lifetime, Duration maxLifetime) {
        if (patientName != null
                && (patientName.isBlank()
                        || patientName.length() > MAX_NAME
                        || patientName.chars().anyMatch(Character::isISOControl))) {
            throw Problem.INVALID.exception("patientName: 1 to 100 printable characters");
        }
        if (language != null && !language.matches(LANGUAGE)) {
            throw Problem.INVALID.exception("language: a language tag such as ur or ur-PK");
        }
        Optional<Instant> opens = time("opensAt", opensAt);
        Instant start = opens.filter(at -> at.isAfter(now)).orElse(now);
        // Tokens carry whole seconds (docs/protocol.md): the public times are the same ones.
        Instant expires =
                time("expiresAt", expiresAt).orElse(start.plus(lifetime)).truncatedTo(ChronoUnit.SECONDS);
        if (!expires.isAfter(start)) {
            throw Problem.INVALID.exception("expiresAt: must be in the future and after opensAt");
        }
        if (expires.isAfter(now.plus(maxLifetime))) {
            throw Problem.INVALID.exception("expiresAt: later than this server allows");
        }
        return new Wanted(
                Optional.ofNullable(patientName),
                Optional.ofNullable(language),
                opens,
                expires,
                Optional.ofNullable(profile));
    }

    private static Optional<Instant> time(String field, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            Instant at = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.SECONDS);
            if (at.getEpochSecond() < 0 || at.getEpochSecond() > 0xffff_ffffL) {
                throw Problem.INVALID.exception(field + ": must be from 1970 to 2106");
            }
            return Optional.of(at);
        } catch (DateTimeException e) {
            throw Problem.INVALID.exception(field + ": must be an RFC 3339 time");
        }
    }

    private static String printable(String name) {
        String clean = name.replaceAll("[^A-Za-z0-9_.-]", "?");
        return clean.substring(0, Math.min(40, clean.length()));
    }
}
