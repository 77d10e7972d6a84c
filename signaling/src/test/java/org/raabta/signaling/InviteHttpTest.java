package org.raabta.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raabta.signaling.http.Json;

/** The invitation and the card against a whole server; what a camera makes of them is in client-web/e2e. */
class InviteHttpTest {
    @TempDir
    private Path data;

    private ServerFixture raabta;

    @BeforeEach
    void start() throws Exception {
        raabta = ServerFixture.start(
                data,
                InstantSource.system(),
                "public-url = \"https://clinic.example\"\nclinic { emergency-number = \"+92115\", name = \"<Dr. Rana>\", time-zone = Asia/Karachi }");
    }

    @AfterEach
    void stop() {
        raabta.close();
    }

    private ServerFixture.Created create(String body) throws Exception {
        var json = Json.mapper()
                .readTree(raabta.post("/api/consults", raabta.server.clinicKey(), "application/json", body)
                        .body());
        return new ServerFixture.Created(
                json.path("id").asText(),
                json.path("doctorToken").asText(),
                json.path("patientToken").asText());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return raabta.send(raabta.request(path).header("Accept", "text/html"));
    }

    @Test
    void theInvitationIsInTheDoctorsLanguageAndItsMessageInThePatients() throws Exception {
        ServerFixture.Created consult = create("{\"patientName\":\"Zainab <b>\",\"language\":\"sd-PK\"}");
        String url = "https://clinic.example/c/" + consult.patientToken();
        HttpResponse<String> page = get("/d/" + consult.doctorToken() + "/invite?l=ur");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'sha256-");
        assertThat(page.body())
                .contains("<html lang=\"ur\" dir=\"rtl\">", "value=\"" + url + "\"", "Zainab &lt;b&gt;")
                .contains("href=\"card?p=sd\"", "lang=\"sd\" dir=\"rtl\" readonly")
                .doesNotContain("{{", consult.doctorToken());
        Matcher sms = Pattern.compile("href=\"sms:\\?&amp;body=([^\"]+)\"").matcher(page.body());
        assertThat(sms.find()).isTrue();
        assertThat(URLDecoder.decode(sms.group(1), StandardCharsets.UTF_8))
                .startsWith("<Dr. Rana>\n")
                .endsWith("\n" + url);
        assertThat(page.body()).contains("https://wa.me/?text=" + sms.group(1));
        assertThat(get("/d/" + consult.doctorToken() + "/invite?l=en&p=en").body())
                .contains("<html lang=\"en\"", "Talk to the doctor here.");
    }

    @Test
    void theCardSaysWhoseItIsAndFromWhenUntilWhen() throws Exception {
        Instant now = Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        ServerFixture.Created later = create("{\"language\":\"ur\",\"opensAt\":\"%s\",\"expiresAt\":\"%s\"}"
                .formatted(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(2))));
        String card = get("/d/" + later.doctorToken() + "/card").body();
        String shown = java.time.format.DateTimeFormatter.ofPattern("dd/MM/yyyy HH:mm")
                .format(now.plus(Duration.ofDays(1)).atOffset(java.time.ZoneOffset.ofHours(5)));
        assertThat(card)
                .contains("<html lang=\"ur\" dir=\"rtl\">", "&lt;Dr. Rana&gt;", "<bdi dir=\"ltr\">" + shown + "</bdi>")
                .contains("+92115", "https://clinic.example/c/" + later.patientToken())
                .doesNotContain("<script", "{{");
        ServerFixture.Created plain = create("{}");
        assertThat(get("/d/" + plain.doctorToken() + "/card?l=en").body())
                .contains("<html lang=\"en\"", "Good until:")
                .doesNotContain("Opens:");
    }

    @Test
    void onlyTheDoctorsOwnLinkShowsIt() throws Exception {
        ServerFixture.Created consult = raabta.create();
        for (String token : new String[] {consult.patientToken(), "x".repeat(43), "x"}) {
            HttpResponse<String> page = get("/d/" + token + "/invite?l=en");
            assertThat(page.statusCode()).isEqualTo(404);
            assertThat(page.body())
                    .contains("data-testid=\"link-unknown\"")
                    .doesNotContain("/c/", "sms:", "data-testid=\"qr\"");
            assertThat(get("/d/" + token + "/card").statusCode()).isEqualTo(404);
        }
        assertThat(get("/d/" + consult.doctorToken() + "/other").statusCode()).isEqualTo(404);
        raabta.post("/api/consults/" + consult.id() + "/end", consult.doctorToken(), "text/plain", "");
        HttpResponse<String> over = get("/d/" + consult.doctorToken() + "/invite?l=en");
        assertThat(over.statusCode()).isEqualTo(410);
        assertThat(over.body()).contains("data-testid=\"over\"").doesNotContain("/c/");
    }
}
