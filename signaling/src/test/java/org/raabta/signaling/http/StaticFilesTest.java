package org.raabta.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StaticFilesTest {
    private final StaticFiles files = new StaticFiles("testweb");

    private static Request request(String... headers) {
        HttpHeaders all = new DefaultHttpHeaders().set("Host", "127.0.0.1:8080");
        for (int i = 0; i < headers.length; i += 2) {
            all.set(headers[i], headers[i + 1]);
        }
        return new Request("GET", "/", Map.of(), all, new byte[0], InetAddress.getLoopbackAddress(), false, false);
    }

    @Test
    void assetsComeInTheBestEncodingForAYear() {
        Response brotli = files.asset(request("Accept-Encoding", "gzip, deflate, br"), "app-abc123.js")
                .orElseThrow();
        assertThat(new String(brotli.body(), StandardCharsets.UTF_8)).isEqualTo("fake-brotli");
        assertThat(brotli.headers())
                .containsEntry("Content-Encoding", "br")
                .containsEntry("Vary", "Accept-Encoding")
                .containsEntry("Cache-Control", "public, max-age=31536000, immutable");
        Response gzip = files.asset(request("Accept-Encoding", "gzip, br;q=0"), "app-abc123.js")
                .orElseThrow();
        assertThat(gzip.headers()).containsEntry("Content-Encoding", "gzip");
        Response plain = files.asset(request(), "app-abc123.js").orElseThrow();
        assertThat(plain.headers()).doesNotContainKey("Content-Encoding");
        assertThat(plain.contentType()).isEqualTo("text/javascript; charset=utf-8");
        assertThat(plain.headers().get("ETag")).isNotEqualTo(brotli.headers().get("ETag"));
    }

    @Test
    void pagesAreCheckedByTagAndAllowTheirInlineScripts() throws Exception {
        Response page = files.page(request(), "patient.html");
        String hash = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest("go()".getBytes(StandardCharsets.UTF_8)));
        assertThat(page.headers().get("Content-Security-Policy"))
                .contains("script-src 'self' 'sha256-" + hash + "';")
                .contains("connect-src 'self' ws://127.0.0.1:8080 wss://127.0.0.1:8080;")
                .contains("frame-ancestors 'none'");
        assertThat(page.headers().get("Permissions-Policy")).contains("microphone=(self)");
        Response again = files.page(request("If-None-Match", page.headers().getOrDefault("ETag", "")), "patient.html");
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
    }

    @Test
    void thePageComesInTheLanguageOfTheLinkThenOfTheConsultationThenOfTheBrowser() {
        assertThat(language("ur", Optional.of("en"), "en")).isEqualTo("ur");
        assertThat(language("", Optional.of("ur-PK"), "en-GB,en;q=0.9")).isEqualTo("ur");
        assertThat(language("", Optional.empty(), "xx, ur-PK;q=0.8")).isEqualTo("ur");
        assertThat(language("", Optional.of("en"), "ur")).isEqualTo("en");
        assertThat(language("../x", Optional.empty(), "*")).isEqualTo("en");
        assertThat(language("urdu", Optional.of("x".repeat(5000)), ",;,")).isEqualTo("en");
    }

    /** What language the page comes in. */
    private String language(String asked, Optional<String> written, String accepted) {
        Request request = new Request(
                "GET",
                "/",
                Map.of("l", List.of(asked)),
                new DefaultHttpHeaders().set("Host", "a").set("Accept-Language", accepted),
                new byte[0],
                InetAddress.getLoopbackAddress(),
                false,
                false);
        Response page = files.pageInLanguage(request, "patient", written);
        assertThat(page.headers().get("Vary")).contains("Accept-Language");
        return new String(page.body(), StandardCharsets.UTF_8).contains("lang=\"ur\"") ? "ur" : "en";
    }

    @Test
    void theWorkerIsAskedForAnew() {
        assertThat(files.worker(request()).headers()).containsEntry("Cache-Control", "no-cache");
        assertThat(new StaticFiles("nowhere").worker(request()).status()).isEqualTo(404);
    }

    @Test
    void aStrangeHostIsNotRepeated() {
        assertThat(files.page(request("Host", "x; script-src *"), "patient.html")
                        .headers()
                        .get("Content-Security-Policy"))
                .contains("connect-src 'self';")
                .doesNotContain("*");
    }

    @Test
    void onlyPlainNamesOfAssets() {
        for (String name : new String[] {"../patient.html", "app-abc123.js.br", ".hidden", "none.js", ""}) {
            assertThat(files.asset(request(), name)).as(name).isEmpty();
        }
    }
}
