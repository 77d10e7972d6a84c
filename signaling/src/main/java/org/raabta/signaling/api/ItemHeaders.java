package org.raabta.signaling.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.raabta.signaling.http.Problem;
import org.raabta.signaling.http.ProblemException;

/** The headers that say where an item goes on, as they come from the network. */
final class ItemHeaders {
    static final String OFFSET = "Upload-Offset";
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,15}");
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{1,9})-");

    private ItemHeaders() {}

    /** @throws ProblemException if it is none */
    static int offset(String text) {
        if (!NUMBER.matcher(text).matches() || Long.parseLong(text) > Integer.MAX_VALUE) {
            throw Problem.INVALID.exception(OFFSET + ": must be a whole number");
        }
        return Integer.parseInt(text);
    }

    /** {@code Range: bytes=N-}; any other range is answered with everything (RFC 9110, section 14.2). */
    static int from(String range) {
        Matcher matcher = RANGE.matcher(range);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
