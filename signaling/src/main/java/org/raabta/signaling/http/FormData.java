package org.raabta.signaling.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a form that is whole ({@code multipart/form-data}, RFC 7578, in the grammar of RFC 2046, section 5.1.1). Netty's
 * decoder would do, but it keeps buffers of its pool for good when a body is broken.
 */
public final class FormData {
    private static final Pattern TYPE = Pattern.compile(
            "multipart/form-data\\s*;(?:.*;)?\\s*boundary=(?:\"([^\"]{1,70})\"|([^\\s\";,]{1,70}))(?:\\s*;.*)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern DISPOSITION =
            Pattern.compile("Content-Disposition:\\s*form-data\\s*;([^\\r\\n]*)", Pattern.CASE_INSENSITIVE);
    /** Browsers write quotes within as %22 (RFC 7578, section 2). */
    private static final Pattern NAME = Pattern.compile("(?:^|;)\\s*name=\"([^\"]{0,100})\"", Pattern.CASE_INSENSITIVE);

    private static final Pattern FILE = Pattern.compile("(?:^|;)\\s*filename\\*?=", Pattern.CASE_INSENSITIVE);
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};
    private static final int MOST_PARTS = 16;
    private static final int MOST_HEAD_BYTES = 4096;

    private final byte[] body;
    private int at;

    private FormData(byte[] body) {
        this.body = body;
    }

    /**
     * One field.
     *
     * @param file that it is one, whatever it is called: names of files are of no use to us
     */
    @SuppressWarnings("ArrayRecordComponent") // identity is never asked of a part
    public record Part(String name, boolean file, byte[] content) {}

    /** @throws ProblemException if it is not one, or not whole */
    public static List<Part> read(String contentType, byte[] body) {
        Matcher type = TYPE.matcher(contentType.strip());
        if (!type.matches()) {
            throw Problem.UNSUPPORTED_TYPE.exception("needs multipart/form-data");
        }
        String boundary = Optional.ofNullable(type.group(1)).orElseGet(() -> type.group(2));
        return new FormData(body).parts(("--" + boundary).getBytes(StandardCharsets.ISO_8859_1));
    }

    private List<Part> parts(byte[] delimiter) {
        byte[] next = new byte[LINE_END.length + delimiter.length];
        System.arraycopy(LINE_END, 0, next, 0, LINE_END.length);
        System.arraycopy(delimiter, 0, next, LINE_END.length, delimiter.length);
        at = startsWith(delimiter) ? delimiter.length : find(next, body.length) + next.length;
        List<Part> parts = new ArrayList<>();
        while (!lastDelimiter()) {
            if (parts.size() == MOST_PARTS) {
                throw broken("too many fields");
            }
            int head = at;
            int headEnd = find(HEAD_END, Math.min(body.length, head + MOST_HEAD_BYTES));
            at = headEnd + HEAD_END.length;
            // A part may be empty: its delimiter's line end is then the one that ends the head.
            int from = at;
            at = headEnd + LINE_END.length;
            int end = find(next, body.length);
            at = end + next.length;
            parts.add(part(
                    new String(body, head, headEnd - head, StandardCharsets.UTF_8),
                    Arrays.copyOfRange(body, Math.min(from, end), end)));
        }
        return parts;
    }

    /** Reads what stands behind a delimiter: nothing more, or a line end (RFC 2046 allows white space before it). */
    private boolean lastDelimiter() {
        if (at + 2 <= body.length && body[at] == '-' && body[at + 1] == '-') {
            return true;
        }
        while (at < body.length && (body[at] == ' ' || body[at] == '\t')) {
            at++;
        }
        if (at + 2 > body.length || body[at] != '\r' || body[at + 1] != '\n') {
            throw broken("no line end behind a delimiter");
        }
        // The line end stays: a head may be empty.
        return false;
    }

    private static Part part(String head, byte[] content) {
        Matcher disposition = DISPOSITION.matcher(head);
        if (!disposition.find()) {
            throw broken("a part without a name");
        }
        String parameters = disposition.group(1);
        Matcher name = NAME.matcher(parameters);
        if (!name.find()) {
            throw broken("a part without a name");
        }
        return new Part(name.group(1), FILE.matcher(parameters).find(), content);
    }

    private boolean startsWith(byte[] what) {
        return body.length >= what.length && Arrays.equals(body, 0, what.length, what, 0, what.length);
    }

    /** Where {@code what} begins, from here on and whole before {@code end}. */
    private int find(byte[] what, int end) {
        for (int i = at; i <= end - what.length; i++) {
            if (body[i] == what[0] && Arrays.equals(body, i, i + what.length, what, 0, what.length)) {
                return i;
            }
        }
        throw broken("it ends too early");
    }

    private static ProblemException broken(String how) {
        return Problem.INVALID.exception("a broken form: " + how);
    }
}
