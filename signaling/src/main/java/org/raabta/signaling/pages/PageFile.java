package org.raabta.signaling.pages;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.http.Request;
import org.raabta.signaling.http.Response;
import org.raabta.signaling.http.WantedLanguages;

/**
 * A page as the build left it: a template, its texts in every language, and the policy under which browsers show it.
 *
 * @param tongues English first
 * @param policy  {@code Content-Security-Policy}
 */
record PageFile(Template template, List<Tongue> tongues, String policy) {
    private static final Pattern INLINE = Pattern.compile("<(style|script)>(.*?)</\\1>", Pattern.DOTALL);

    /**
     * @param folder on the class path
     * @throws IOException if it was built without this page
     */
    static PageFile read(String folder, String name) throws IOException {
        String html = new String(bytes(folder + "/" + name + ".html"), StandardCharsets.UTF_8);
        List<Tongue> tongues =
                Json.mapper().readValue(bytes(folder + "/" + name + ".json"), new TypeReference<List<Tongue>>() {});
        return new PageFile(new Template(html), tongues, policy(html));
    }

    private static byte[] bytes(String file) throws IOException {
        try (InputStream in = PageFile.class.getClassLoader().getResourceAsStream(file)) {
            if (in == null) {
                throw new IOException("this server was built without " + file);
            }
            return in.readAllBytes();
        }
    }

    /** Our own style and script by their hashes, forms to where the page came from, and nothing else. */
    private static String policy(String html) {
        StringBuilder styles = new StringBuilder();
        StringBuilder scripts = new StringBuilder();
        Matcher inline = INLINE.matcher(html);
        while (inline.find()) {
            (inline.group(1).equals("style") ? styles : scripts)
                    .append(" 'sha256-")
                    .append(sha256(inline.group(2)))
                    .append('\'');
        }
        return "default-src 'none'; style-src" + (styles.isEmpty() ? " 'none'" : styles) + "; script-src"
                + (scripts.isEmpty() ? " 'none'" : scripts)
                + "; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The language of the link, else of the consultation, else of the browser, else English. */
    Tongue tongue(Request request, Optional<String> written) {
        for (String code : WantedLanguages.of(request, written)) {
            for (Tongue tongue : tongues) {
                if (tongue.code().equals(code)) {
                    return tongue;
                }
            }
        }
        return tongues.get(0);
    }

    Response response(int status, String html) {
        return Response.text(status, "text/html; charset=utf-8", html)
                .with("Content-Security-Policy", policy)
                .with("X-Frame-Options", "DENY")
                .with("Vary", "Accept-Language, User-Agent");
    }

    /** Every text of {@code tongue}, escaped, by its key. */
    static void addTexts(Map<String, String> html, Tongue tongue, Map<String, String> fill) {
        html.put("lang", tongue.code());
        html.put("dir", tongue.dir());
        tongue.texts().keySet().forEach(key -> html.put(key, Template.escaped(tongue.say(key, fill))));
    }
}
