package org.raabta.signaling.pages;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.raabta.signaling.http.Request;
import org.raabta.signaling.http.Response;

/** The page without script, on which a patient whose browser cannot hold a call writes to the doctor. */
public final class LetterPage {
    /** All bytes of it, whatever is said on it. */
    static final int MOST_BYTES = 15_000;

    private static final double MIB = 1024 * 1024;

    private final PageFile file;
    private final String emergencyNumber;
    private final Map<String, String> figures;

    /**
     * @param folder     on the class path
     * @param photoBytes the largest photo that is taken
     * @param mostChars  the longest message
     */
    public LetterPage(String folder, String emergencyNumber, int photoBytes, int mostChars) throws IOException {
        this.file = PageFile.read(folder, "letter");
        this.emergencyNumber = emergencyNumber;
        double mib = photoBytes / MIB;
        this.figures = Map.of(
                "mb",
                mib == Math.rint(mib) ? Long.toString((long) mib) : String.format(Locale.ROOT, "%.1f", mib),
                "most",
                Integer.toString(mostChars),
                "number",
                emergencyNumber);
    }

    /**
     * What the page says first.
     *
     * @param key  of the text
     * @param good that something went well
     */
    public record Notice(String key, boolean good) {}

    /**
     * What stands in the form: its number, by which what is sent twice is known, and what could not be taken the last time.
     *
     * @param draft unique, and as good as secret
     */
    public record Form(String draft, String text, String phone) {}

    /** Codes of the languages that the patient's pages are built in. */
    public List<String> languages() {
        return file.tongues().stream().map(Tongue::code).toList();
    }

    /** What is to be read by the doctor, in the patient's language. */
    public String callMessage(Request request, Optional<String> written) {
        return file.tongue(request, written).say("callMessage", Map.of());
    }

    /**
     * @param written the consultation's language
     * @param form    nothing where there is no more to send
     */
    public Response show(
            int status, Request request, Optional<String> written, List<Notice> notices, Optional<Form> form) {
        Tongue tongue = file.tongue(request, written);
        Map<String, String> html = new HashMap<>();
        PageFile.addTexts(html, tongue, figures);
        html.putAll(figures);
        html.put("number", Template.escaped(emergencyNumber));
        html.put("notices", notices(tongue, notices));
        html.put("languages", languages(tongue));
        html.put("form", form.isPresent() ? "form" : "");
        if (form.isEmpty()) {
            html.put("heading", html.getOrDefault("title", ""));
        }
        html.put("draft", Template.escaped(form.map(Form::draft).orElse("")));
        html.put("number-given", Template.escaped(form.map(Form::phone).orElse("")));
        html.put("text", "");
        int bytes = bytes(file.template().fill(html));
        html.put("text", escapedWithin(form.map(Form::text).orElse(""), MOST_BYTES - bytes));
        return file.response(status, file.template().fill(html));
    }

    private String notices(Tongue tongue, List<Notice> notices) {
        StringBuilder html = new StringBuilder();
        for (Notice notice : notices) {
            html.append("<p class=\"")
                    .append(notice.good() ? "ok" : "no")
                    .append("\" role=\"status\" data-testid=\"")
                    .append(notice.key())
                    .append("\">")
                    .append(Template.escaped(tongue.say(notice.key(), figures)))
                    .append("</p>");
        }
        return html.toString();
    }

    private String languages(Tongue shown) {
        StringBuilder html = new StringBuilder();
        for (Tongue tongue : file.tongues()) {
            if (!tongue.equals(shown)) {
                html.append("<a href=\"?w&amp;l=")
                        .append(tongue.code())
                        .append("\" lang=\"")
                        .append(tongue.code())
                        .append("\" dir=\"")
                        .append(tongue.dir())
                        .append("\">")
                        .append(Template.escaped(tongue.name()))
                        .append("</a> ");
            }
        }
        return html.toString();
    }

    /** As much of {@code text} as has room. */
    private static String escapedWithin(String text, int mostBytes) {
        StringBuilder out = new StringBuilder();
        int left = mostBytes;
        for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
            String one = Template.escaped(text.substring(at, text.offsetByCodePoints(at, 1)));
            left -= bytes(one);
            if (left < 0) {
                break;
            }
            out.append(one);
        }
        return out.toString();
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
