package org.raabta.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.media.Samples;

/** The page without script against a whole server. */
class LetterHttpTest {
    private static final String OPERA_MINI =
            "Opera/9.80 (Android; Opera Mini/36.2.2254/119.132; U; id) Presto/2.12.423 Version/12.16";
    private static final String BOUNDARY = "----raabta";
    private static final Pattern DRAFT = Pattern.compile("name=\"n\" value=\"([\\w-]{16})\"");

    @TempDir
    private Path data;

    private ServerFixture raabta;
    private ServerFixture.Created consult;

    @BeforeEach
    void start() throws Exception {
        raabta = ServerFixture.start(data, InstantSource.system(), "transfers { photo = 100KiB, consult-files = 2 }");
        consult = raabta.create();
    }

    @AfterEach
    void stop() {
        raabta.close();
    }

    private HttpResponse<String> get(String path, String userAgent) throws Exception {
        return raabta.send(raabta.request(path).header("User-Agent", userAgent).header("Accept-Language", "ur"));
    }

    /** A form: names and values, the photo last where there is one. */
    private static byte[] form(Optional<byte[]> photo, String... fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < fields.length; i += 2) {
            out.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + fields[i] + "\"\r\n\r\n"
                            + fields[i + 1] + "\r\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        photo.ifPresent(bytes -> {
            out.writeBytes(
                    ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"../../x.html\""
                                    + "\r\nContent-Type: text/html\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            out.writeBytes(bytes);
            out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        });
        out.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private HttpRequest.Builder posting(String base, String token, byte[] body) {
        return HttpRequest.newBuilder(URI.create(base + "/c/" + token + "?w&l=en"))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    }

    private HttpResponse<String> post(Optional<byte[]> photo, String... fields) throws Exception {
        return raabta.send(
                posting("http://127.0.0.1:" + raabta.server.httpPort(), consult.patientToken(), form(photo, fields)));
    }

    private JsonNode timeline() throws Exception {
        return Json.mapper()
                .readTree(raabta.get("/api/timeline?from=0", consult.doctorToken())
                        .body())
                .path("e");
    }

    @Test
    void whoCannotCallGetsThePageAtTheLinkItself() throws Exception {
        String link = "/c/" + consult.patientToken();
        HttpResponse<String> page = get(link, OPERA_MINI);
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body())
                .contains("<form method=\"post\"", "lang=\"ur\" dir=\"rtl\"")
                .doesNotContain("<script");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("Vary").orElse("")).contains("User-Agent");
        assertThat(get(link + "?w=0", OPERA_MINI).body()).as("whoever insists").contains("<script>");
        HttpResponse<String> call = get(link, "Mozilla/5.0 Chrome/128.0.0.0");
        assertThat(call.body()).contains("<script>", "?w");
        assertThat(call.headers().firstValue("Vary").orElse("")).contains("User-Agent");
        assertThat(get(link + "?w", "Mozilla/5.0 Chrome/128.0.0.0").body()).contains("<form method=\"post\"");
        assertThat(timeline()).as("looking changes nothing").isEmpty();
    }

    @Test
    void wordsAPhotoAndANumberStandInTheTimeLineOnce() throws Exception {
        Matcher draft = DRAFT.matcher(
                get("/c/" + consult.patientToken() + "?w&l=en", OPERA_MINI).body());
        assertThat(draft.find()).isTrue();
        byte[] photo = Samples.jpegWithExif(400, 300, 6);
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = post(
                    Optional.of(photo),
                    "n",
                    draft.group(1),
                    "text",
                    " <b>Fever</b>\r\nsince two days\0 ",
                    "phone",
                    "\u06f0\u06f3\u06f0\u06f0-123 4567",
                    "do",
                    "call");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("data-testid=\"sent-text\"", "data-testid=\"sent-photo\"", "data-testid=\"sent-call\"")
                    .doesNotContain("Fever", draft.group(1));
        }
        JsonNode entries = timeline();
        assertThat(entries.findValuesAsText("k")).containsExactly("msg", "msg", "photo");
        assertThat(entries.findValuesAsText("by")).containsOnly("patient");
        assertThat(entries.findValuesAsText("text"))
                .containsExactly("<b>Fever</b>\nsince two days", "\u260e \u200e03001234567\nPlease call me back.");
        assertThat(entries.path(2).path("type").asText()).as("by its bytes").isEqualTo("image/jpeg");
        assertThat(entries.path(2).path("s").asText()).isEqualTo("sent");
        HttpResponse<String> kept =
                raabta.get("/api/transfers/" + entries.path(2).path("id").asText(), consult.doctorToken());
        assertThat(kept.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(kept.body()).as("where it was taken").doesNotContain("GPS");
        post(Optional.empty(), "n", draft.group(1), "text", "something else");
        assertThat(timeline()).as("other words from the same form").hasSize(4);
    }

    @Test
    void aPhotoThatIsNoneTakesNoWordsAlong() throws Exception {
        byte[] page = "<html><script>alert(1)</script></html>".getBytes(StandardCharsets.UTF_8);
        HttpResponse<String> answer = post(Optional.of(page), "text", "It hurts here");
        assertThat(answer.statusCode()).isEqualTo(415);
        assertThat(answer.body()).contains("data-testid=\"sent-text\"", "data-testid=\"wrong-type\"");
        byte[] hiding = Arrays.copyOf(Samples.jpeg(40, 30), 5000);
        assertThat(post(Optional.of(hiding), "text", "").body()).contains("data-testid=\"wrong-type\"");
        assertThat(timeline().findValuesAsText("s")).containsExactly("sent", "refused");
    }

    @Test
    void whatCannotBeTakenIsSaidAndStandsInTheFormAgain() throws Exception {
        assertThat(post(Optional.empty(), "text", "  ").body()).contains("data-testid=\"nothing\"");
        HttpResponse<String> longer = post(Optional.empty(), "text", "x".repeat(1001), "phone", "no <number>");
        assertThat(longer.statusCode()).isEqualTo(422);
        assertThat(longer.body())
                .contains("data-testid=\"too-long\"", "data-testid=\"bad-phone\"")
                .contains("x".repeat(1001), "no &lt;number&gt;");
        assertThat(timeline()).isEmpty();
        assertThat(post(Optional.empty(), "do", "call").body()).contains("data-testid=\"sent-call\"");
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = post(Optional.of(Samples.jpeg(40 + i, 30)), "text", "");
            assertThat(answer.body()).contains(i < 2 ? "data-testid=\"sent-photo\"" : "data-testid=\"full\"");
            assertThat(answer.statusCode()).isEqualTo(i < 2 ? 200 : 507);
        }
    }

    @Test
    void aPhotoOverTheLimitIsAnsweredInPlainWordsOverBothVersionsOfHttp() throws Exception {
        byte[] large = new byte[300_000];
        byte[] body = form(Optional.of(large), "text", "My words");
        for (HttpClient client : new HttpClient[] {raabta.http, ServerFixture.http2()}) {
            String base = client == raabta.http
                    ? "http://127.0.0.1:" + raabta.server.httpPort()
                    : "https://127.0.0.1:" + raabta.server.httpsPort();
            HttpResponse<String> answer = client.send(
                    posting(base, consult.patientToken(), body).build(), HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("data-testid=\"too-large\"", "data-testid=\"not-sent\"", "0.1 MB");
            HttpResponse<String> within = client.send(
                    posting(base, consult.patientToken(), form(Optional.of(Samples.jpeg(300, 200)), "text", ""))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(within.statusCode()).as(within.body()).isEqualTo(200);
        }
        byte[] little = form(Optional.of(Arrays.copyOf(Samples.jpeg(40, 30), 130_000)), "text", "My words");
        HttpResponse<String> answer =
                raabta.send(posting("http://127.0.0.1:" + raabta.server.httpPort(), consult.patientToken(), little));
        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("data-testid=\"too-large\"", "data-testid=\"sent-text\"");
    }

    @Test
    void aStrangersFormIsNoLargerThanOtherBodies() throws Exception {
        byte[] body = form(Optional.of(new byte[90_000]), "text", "");
        HttpResponse<String> answer =
                raabta.send(posting("http://127.0.0.1:" + raabta.server.httpPort(), "x".repeat(43), body));
        assertThat(answer.statusCode()).isEqualTo(413);
        HttpResponse<String> doctors =
                raabta.send(posting("http://127.0.0.1:" + raabta.server.httpPort(), consult.doctorToken(), body));
        assertThat(doctors.statusCode()).isEqualTo(413);
        HttpResponse<String> small = raabta.send(posting(
                "http://127.0.0.1:" + raabta.server.httpPort(), "x".repeat(43), form(Optional.empty(), "text", "x")));
        assertThat(small.statusCode()).isEqualTo(404);
        assertThat(small.body()).contains("data-testid=\"link-unknown\"").doesNotContain("<form");
    }

    @Test
    void brokenFormsAndOtherTypesGetAPage() throws Exception {
        String link = "/c/" + consult.patientToken() + "?w";
        HttpResponse<String> other = raabta.post(link, "", "application/x-www-form-urlencoded", "text=x");
        assertThat(other.statusCode()).isEqualTo(415);
        assertThat(other.body()).contains("data-testid=\"broken\"", "<form");
        HttpResponse<String> broken = raabta.post(link, "", "multipart/form-data", "text=x");
        assertThat(broken.statusCode()).isIn(415, 422);
        assertThat(broken.body()).contains("data-testid=\"broken\"");
        assertThat(raabta.send(raabta.request(link).PUT(HttpRequest.BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(405);
    }

    @Test
    void afterTheEndThereIsAPageWithoutAForm() throws Exception {
        raabta.post("/api/consults/" + consult.id() + "/end", consult.doctorToken(), "text/plain", "");
        for (HttpResponse<String> answer : List.of(
                get("/c/" + consult.patientToken() + "?l=en", OPERA_MINI), post(Optional.empty(), "text", "late"))) {
            assertThat(answer.statusCode()).isEqualTo(410);
            assertThat(answer.body())
                    .contains("data-testid=\"over\"", "tel:1122")
                    .doesNotContain("<form");
        }
        assertThat(timeline().findValuesAsText("text")).doesNotContain("late");
    }
}
