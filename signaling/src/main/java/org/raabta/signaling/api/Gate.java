package org.raabta.signaling.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;
import org.raabta.relay.control.Role;
import org.raabta.signaling.http.GuessLimit;
import org.raabta.signaling.http.Problem;
import org.raabta.signaling.http.Request;
import org.raabta.signaling.link.Token;
import org.raabta.signaling.link.Tokens;
import org.raabta.signaling.metrics.Meters;

/** Who may do what: checks keys and tokens, and counts the wrong ones by address. */
final class Gate {
    private final Keys keys;
    private final Tokens tokens;
    private final GuessLimit guesses;
    private final Meters meters;
    private final InstantSource clock;

    Gate(Keys keys, Tokens tokens, GuessLimit guesses, Meters meters, InstantSource clock) {
        this.keys = keys;
        this.tokens = tokens;
        this.guesses = guesses;
        this.meters = meters;
        this.clock = clock;
    }

    /** Never printed. */
    record Keys(String clinic, String operator) {
        @Override
        public String toString() {
            return "Keys";
        }
    }

    /** Who asks about a consultation. */
    sealed interface Caller {
        record Clinic() implements Caller {}

        record Doctor() implements Caller {}
    }

    void clinic(Request request) {
        key(request, keys.clinic);
    }

    void operator(Request request) {
        key(request, keys.operator);
    }

    /** The clinic's key, or a doctor's token for this very consultation. */
    Caller clinicOrDoctor(Request request, long consult) {
        Optional<String> bearer = request.bearer();
        if (bearer.isPresent() && bearer.get().length() == Token.LENGTH) {
            Optional<Token> token = tokens.read(bearer.get());
            if (token.isPresent()) {
                if (token.get().role() != Role.DOCTOR || token.get().consult() != consult) {
                    throw Problem.WRONG_ROLE.exception("");
                }
                return new Caller.Doctor();
            }
        }
        clinic(request);
        return new Caller.Clinic();
    }

    /** A leg's own credential; live or not. */
    Token token(Request request) {
        return token(request, request.bearer().orElse(""));
    }

    /** A right token passes even where many share an address with somebody who guesses: nobody guesses 152 bits. */
    Token token(Request request, String text) {
        Optional<Token> token = tokens.read(text);
        if (token.isEmpty()) {
            throw wrong(request, Problem.LINK_UNKNOWN);
        }
        return token.get();
    }

    Token liveToken(Request request, String text) {
        Token token = token(request, text);
        if (token.expiredAt(clock.instant())) {
            throw Problem.LINK_EXPIRED.exception("");
        }
        return token;
    }

    /** Keys may be chosen by people, so guessing is stopped before the answer. */
    private void key(Request request, String key) {
        if (guesses.exhausted(request.from())) {
            throw Problem.TOO_MANY.exception("");
        }
        byte[] given = request.bearer().orElse("").getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(given, key.getBytes(StandardCharsets.UTF_8))) {
            if (tokens.read(request.bearer().orElse("")).isPresent()) {
                throw Problem.WRONG_ROLE.exception("");
            }
            throw wrong(request, Problem.KEY_UNKNOWN);
        }
    }

    private RuntimeException wrong(Request request, Problem problem) {
        meters.count(Meters.Counter.BAD_TOKENS);
        return guesses.wrong(request.from()) ? problem.exception("") : Problem.TOO_MANY.exception("");
    }
}
