package org.raabta.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.raabta.relay.control.Role;
import org.raabta.signaling.link.Token;
import org.raabta.signaling.link.Tokens;
import org.raabta.signaling.sdp.SdpTest;

/** The HTTP contract against a whole server, by the JDK's own client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpContractTest {
    private Path data;
    private ServerFixture raabta;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        data = directory;
        raabta = ServerFixture.start(data);
    }

    @AfterAll
    void stop() {
        raabta.close();
    }

    private String clinic() {
        return raabta.server.clinicKey();
    }

    @Test
    void aConsultationFromLinkToReport() throws Exception {
        var created = raabta.post(
                "/api/consults",
                clinic(),
                "application/json",
                "{\"patientName\":\"Zainab\",\"language\":\"ur\",\"expiresAt\":\""
                        + Instant.now().plusSeconds(3600) + "\"}");
        assertThat(created.statusCode()).isEqualTo(201);
        var json = org.raabta.signaling.http.Json.mapper().readTree(created.body());
        String id = json.path("id").asText();
        String doctor = json.path("doctorToken").asText();
        String patient = json.path("patientToken").asText();
        assertThat(json.path("patientUrl").asText()).isEqualTo(raabta.server.base() + "/c/" + patient);
        assertThat("/c/" + patient).hasSizeLessThanOrEqualTo(60);

        assertThat(raabta.send(raabta.request("/api/links/" + patient)).body())
                .startsWith("{\"role\":\"patient\",\"state\":\"created\",\"expiresAt\":");
        assertThat(raabta.get("/api/consults/" + id, doctor).body())
                .isEqualTo("{\"id\":\"" + id + "\",\"state\":\"created\",\"legs\":[],\"directions\":{}}");
        problem(raabta.post("/api/consults/" + id + "/admit", doctor, "text/plain", ""), 409, "wrong-state");
        problem(raabta.get("/api/consults/" + id + "/report", clinic()), 409, "wrong-state");

        var joined = raabta.post("/api/legs", patient, "application/sdp", SdpTest.OFFER);
        assertThat(joined.statusCode()).isEqualTo(201);
        assertThat(joined.headers().firstValue("content-type")).contains("application/sdp");
        assertThat(joined.body()).contains("a=ice-lite", "a=setup:passive");
        String leg = joined.headers().firstValue("location").orElseThrow();
        assertThat(leg).startsWith("/api/legs/p-");
        assertThat(raabta.get("/api/consults/" + id, clinic()).body())
                .contains("\"state\":\"waiting\"", "\"kind\":\"sdp\"");

        assertThat(raabta.post("/api/consults/" + id + "/admit", doctor, "text/plain", "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(raabta.get("/api/consults/" + id, clinic()).body()).contains("\"state\":\"reconnecting\"");
        legIsPatchedAndDeleted(leg, patient, doctor);

        assertThat(raabta.post("/api/consults/" + id + "/end", doctor, "text/plain", "")
                        .statusCode())
                .isEqualTo(204);
        assertThat(raabta.get("/api/consults/" + id, clinic()).body()).contains("\"state\":\"ended\"");
        problem(raabta.send(raabta.request("/api/links/" + patient)), 410, "consult-ended");
        problem(raabta.post("/api/legs", patient, "application/sdp", SdpTest.OFFER), 410, "consult-ended");
        problem(raabta.post("/api/consults/" + id + "/end", doctor, "text/plain", ""), 410, "consult-ended");
        var report = raabta.get("/api/consults/" + id + "/report", clinic());
        assertThat(report.statusCode()).isEqualTo(200);
        assertThat(report.body()).contains("\"endedBy\":\"doctor\"", "\"role\":\"patient\"", "\"partial\":false");
        var events = raabta.get("/api/consults/" + id + "/events", clinic());
        assertThat(events.headers().firstValue("content-type")).contains("application/x-ndjson");
        assertThat(events.body())
                .contains("\"e\":\"state\",\"state\":\"waiting\"", "\"kind\":\"sdp\",\"what\":\"came\"")
                .doesNotContain("Zainab")
                .endsWith("}\n");
        problem(raabta.get("/api/consults/" + id + "/events", doctor), 403, "wrong-role");
        var csv = raabta.get("/api/reports.csv?from=2026-01-01T00:00:00Z", clinic());
        assertThat(csv.headers().firstValue("content-type")).contains("text/csv; charset=utf-8");
        assertThat(csv.body()).startsWith("id,createdAt,").contains(id + ",");
        assertThat(raabta.get("/api/reports.csv?to=2020-01-01T00:00:00Z", clinic())
                        .body())
                .doesNotContain(id);
    }

    private void legIsPatchedAndDeleted(String leg, String patient, String doctor) throws Exception {
        var restart = raabta.send(raabta.request(leg)
                .header("Authorization", "Bearer " + patient)
                .header("Content-Type", "application/trickle-ice-sdpfrag")
                .method(
                        "PATCH",
                        HttpRequest.BodyPublishers.ofString(
                                "a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\n")));
        assertThat(restart.statusCode()).isEqualTo(200);
        assertThat(restart.body()).containsPattern("a=ice-ufrag:[A-Za-z0-9+/]{8}01\r\n");
        var candidates = raabta.send(raabta.request(leg)
                .header("Authorization", "Bearer " + patient)
                .header("Content-Type", "application/trickle-ice-sdpfrag")
                .method(
                        "PATCH",
                        HttpRequest.BodyPublishers.ofString(
                                "a=mid:0\r\na=candidate:1 1 udp 1 1.2.3.4 5 typ host\r\n")));
        assertThat(candidates.statusCode()).isEqualTo(204);
        problem(
                raabta.send(raabta.request(leg)
                        .header("Authorization", "Bearer " + doctor)
                        .DELETE()),
                403,
                "wrong-role");
        assertThat(raabta.send(raabta.request(leg)
                                .header("Authorization", "Bearer " + patient)
                                .DELETE())
                        .statusCode())
                .isEqualTo(204);
        problem(
                raabta.send(raabta.request(leg)
                        .header("Authorization", "Bearer " + patient)
                        .DELETE()),
                404,
                "not-found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"patientName":7}                 | patientName: wrong type
                    {"patientName":{}}                | patientName: wrong type
                    {"patientName":" "}               | patientName: 1 to 100
                    {"language":"<script>"}           | language: a language tag
                    {"opensAt":"tomorrow"}            | opensAt: must be an RFC 3339 time
                    {"expiresAt":"2020-01-01T00:00:00Z"} | expiresAt: must be in the future
                    {"expiresAt":"2099-01-01T00:00:00Z"} | expiresAt: later than this server allows
                    {"profile":7}                     | profile: wrong type
                    {"profile":"fast"}                | profile: unknown; known are default, rural-2g,
                    {"profile":"../clinic"}           | profile: unknown; known are default, rural-2g,
                    {"name":"x"}                      | unknown field: name
                    {"na\\nme":"x"}                   | unknown field: na?me
                    {"language":"ur","language":"en"} | not JSON
                    {"language":"ur"                  | not JSON
                    {"language":"ur"} {}              | needs a JSON object
                    []                                | needs a JSON object
                    `null`                            | needs a JSON object
                    """)
    void wrongBodiesNameTheField(String body, String detail) throws Exception {
        var answer = raabta.post("/api/consults", clinic(), "application/json", body);
        problem(answer, 422, "invalid");
        assertThat(answer.body()).contains("\"detail\":\"" + detail);
    }

    @Test
    void credentials() throws Exception {
        var consult = raabta.create();
        var other = raabta.create();
        problem(raabta.get("/api/consults/" + consult.id(), "x".repeat(43)), 401, "key-unknown");
        problem(raabta.get("/api/consults/" + consult.id(), consult.patientToken()), 403, "wrong-role");
        problem(raabta.get("/api/consults/" + consult.id(), other.doctorToken()), 403, "wrong-role");
        problem(raabta.post("/api/consults", consult.doctorToken(), "application/json", "{}"), 403, "wrong-role");
        problem(raabta.post("/api/consults", "", "application/json", "{}"), 401, "key-unknown");
        problem(raabta.get("/metrics", clinic()), 401, "key-unknown");
        assertThat(raabta.get("/metrics", raabta.server.operatorKey()).body())
                .contains("raabta_sockets ", "raabta_consults_created_total ", "# TYPE raabta_drops_total counter");
        problem(raabta.get("/api/ops", clinic()), 401, "key-unknown");
        problem(raabta.get("/api/consults/zzzz/events", clinic()), 404, "not-found");
        problem(raabta.get("/api/consults/zzzz", clinic()), 404, "not-found");
        problem(raabta.get("/api/consults/ZZ", clinic()), 404, "not-found");
        problem(raabta.post("/api/legs", "forged", "application/sdp", SdpTest.OFFER), 401, "link-unknown");
        ServerFixture.Created later =
                raabta.create("{\"opensAt\":\"%s\"}".formatted(Instant.now().plusSeconds(600)));
        problem(raabta.post("/api/legs", later.patientToken(), "application/sdp", SdpTest.OFFER), 409, "wrong-state");
    }

    @Test
    void engineersSeeWhoIsThereAndNoNames() throws Exception {
        var consult = raabta.create();
        assertThat(raabta.post("/api/legs", consult.patientToken(), "application/sdp", SdpTest.OFFER)
                        .statusCode())
                .isEqualTo(201);
        var answer = raabta.get("/api/ops", raabta.server.operatorKey());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        assertThat(answer.body()).doesNotContain("Zainab").doesNotContain(consult.patientToken());
        JsonNode live = org.raabta.signaling.http.Json.mapper().readTree(answer.body());
        assertThat(live.path("more").asInt()).isZero();
        assertThat(live.path("consults"))
                .anySatisfy(one -> assertThat(one.path("id").asText()).isEqualTo(consult.id()));
        for (JsonNode one : live.path("consults")) {
            if (one.path("id").asText().equals(consult.id())) {
                assertThat(one.path("state").asText()).isEqualTo("waiting");
                assertThat(one.path("legs").path(0).path("kind").asText()).isEqualTo("sdp");
            }
        }
        var page = raabta.send(raabta.request("/ops"));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'none'"));
        assertThat(page.body()).contains("<title>");
    }

    @Test
    void expiredAndUninvitedTokens() throws Exception {
        byte[] key = Base64.getUrlDecoder()
                .decode(java.nio.file.Files.readString(data.resolve("token.key"))
                        .strip());
        Tokens tokens = new Tokens(key);
        var consult = raabta.create();
        long number = Long.parseLong(consult.id(), 36);
        String old = tokens.write(new Token(Role.PATIENT, number, Instant.ofEpochSecond(1_700_000_000L)));
        problem(raabta.send(raabta.request("/api/links/" + old)), 410, "link-expired");
        Instant later = Instant.now().plusSeconds(3600).truncatedTo(java.time.temporal.ChronoUnit.SECONDS);
        String guest = tokens.write(new Token(Role.GUEST, number, later));
        problem(raabta.send(raabta.request("/api/links/" + guest)), 401, "link-unknown");
        String nobody = tokens.write(new Token(Role.PATIENT, number + 1, later));
        problem(raabta.send(raabta.request("/api/links/" + nobody)), 401, "link-unknown");
    }

    @Test
    void sdpThatCannotBeUsed() throws Exception {
        var consult = raabta.create();
        problem(raabta.post("/api/legs", consult.patientToken(), "application/json", "{}"), 415, "unsupported-type");
        problem(raabta.post("/api/legs", consult.patientToken(), "application/sdp", "junk"), 422, "bad-sdp");
        problem(
                raabta.post("/api/legs", consult.patientToken(), "application/sdp", "v".repeat(70_000)),
                413,
                "too-large");
        problem(
                raabta.post(
                        "/api/legs", consult.patientToken(), "application/sdp", SdpTest.OFFER.replace("opus", "speex")),
                422,
                "bad-sdp");
    }

    @Test
    void healthAndStrangePaths() throws Exception {
        assertThat(raabta.send(raabta.request("/healthz")).statusCode()).isEqualTo(200);
        assertThat(raabta.send(raabta.request("/readyz")).statusCode()).isEqualTo(200);
        assertThat(raabta.send(raabta.request("/favicon.ico")).statusCode()).isEqualTo(204);
        problem(raabta.send(raabta.request("/nothing")), 404, "not-found");
        problem(raabta.send(raabta.request("/assets/..%2f..%2flogback.xml")), 404, "not-found");
        problem(raabta.send(raabta.request("/ops/x")), 404, "not-found");
        problem(raabta.send(raabta.request("/api/consults")), 405, "method-not-allowed");
        var page = raabta.send(raabta.request("/nothing").header("Accept", "text/html"));
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("This page does not exist");
    }

    /** The script that comes later, for a page that says whose it is: the whole of it, whether there is a call or not. */
    @Test
    void anAssetForAPageOfAConsultation() throws Exception {
        var consult = raabta.create();
        String page =
                raabta.send(raabta.request("/c/" + consult.patientToken())).body();
        var address = java.util.regex.Pattern.compile("/assets/patient-[0-9a-f]+\\.js")
                .matcher(page);
        assertThat(address.find()).isTrue();
        String plain = raabta.send(raabta.request(address.group())).body();
        assertThat(plain).hasSizeGreaterThan(10_000);
        assertThat(raabta.get(address.group(), consult.patientToken()).body()).isEqualTo(plain);
        problem(raabta.get(address.group(), "x".repeat(38)), 401, "link-unknown");
    }

    @Test
    void http2OverTls() throws Exception {
        HttpClient client = ServerFixture.http2();
        URI base = URI.create("https://127.0.0.1:" + raabta.server.httpsPort() + "/");
        var health = client.send(
                HttpRequest.newBuilder(base.resolve("/healthz")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(health.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(health.statusCode()).isEqualTo(200);
        var created = client.send(
                HttpRequest.newBuilder(base.resolve("/api/consults"))
                        .header("Authorization", "Bearer " + clinic())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{}"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(created.statusCode()).isEqualTo(201);
        var large = client.send(
                HttpRequest.newBuilder(base.resolve("/api/consults"))
                        .header("Authorization", "Bearer " + clinic())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(" ".repeat(70_000)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        assertThat(large.statusCode()).isEqualTo(413);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    GARBAGE\\r\\n\\r\\n                                  | 400
                    GET / HTTP/1.1\\r\\nno colon here\\r\\n\\r\\n        | 400
                    GET /%zz HTTP/1.1\\r\\nHost: x\\r\\nConnection: close\\r\\n\\r\\n | 404
                    POST /api/consults HTTP/1.1\\r\\nHost: x\\r\\nContent-Length: -5\\r\\n\\r\\n | 400
                    GET /s/x HTTP/1.1\\r\\nHost: x\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade, close\\r\\n\\r\\n | 401
                    """)
    void badHttpIsAnsweredOrClosed(String raw, int status) throws Exception {
        assertThat(raw(raw.replace("\\r", "\r").replace("\\n", "\n"))).startsWith("HTTP/1.1 " + status + " ");
    }

    @Test
    void overlongHeadersAndLines() throws Exception {
        assertThat(raw("GET /" + "x".repeat(5000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.1 414 ");
        assertThat(raw("GET / HTTP/1.1\r\nHost: x\r\nX-A: " + "x".repeat(30_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
    }

    private String raw(String request) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), raabta.server.httpPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            InputStream in = socket.getInputStream();
            return new String(in.readNBytes(13), StandardCharsets.UTF_8);
        }
    }

    private static void problem(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"type\":\"urn:raabta:problem:" + type + "\"", "\"status\":" + status);
    }
}
