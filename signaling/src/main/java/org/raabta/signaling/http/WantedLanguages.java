package org.raabta.signaling.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which languages a page may come in, best first. */
public final class WantedLanguages {
    private static final Pattern LANGUAGE = Pattern.compile("([A-Za-z]{2,3})(?![A-Za-z0-9])");
    private static final int MOST = 12;

    private WantedLanguages() {}

    /**
     * Codes of two or three letters: of the link ({@code ?l=ur}), what was written down, and what the browser wants. Browsers write
     * them in that order (RFC 9110, section 12.5.4).
     */
    public static List<String> of(Request request, Optional<String> written) {
        String asked = request.parameter("l").orElse("");
        String accepted = request.header(HttpHeaderNames.ACCEPT_LANGUAGE).orElse("");
        List<String> codes = new ArrayList<>();
        for (String tag : (asked + "," + written.orElse("") + "," + accepted).split(",", MOST)) {
            Matcher code = LANGUAGE.matcher(tag.strip());
            if (code.lookingAt()) {
                codes.add(code.group(1).toLowerCase(Locale.ROOT));
            }
        }
        return codes;
    }
}
