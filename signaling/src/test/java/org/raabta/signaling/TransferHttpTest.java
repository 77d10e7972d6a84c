package org.raabta.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.media.Samples;

/** Files and the time line over plain HTTP, against a whole server. */
class TransferHttpTest {
    private static final String PHOTO = "PPPPpppp0000-_zz";
    private static final String CHUNK = "application/offset+octet-stream";

    @TempDir
    private Path data;

    private ServerFixture raabta;
    private ServerFixture.Created consult;

    @BeforeEach
    void start() throws Exception {
        raabta = ServerFixture.start(data);
        consult = raabta.create();
    }

    @AfterEach
    void stop() {
        raabta.close();
    }

    private static String sha(byte[] bytes) throws Exception {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static String photo(String id, byte[] bytes, String sha) {
        return "{\"id\":\"%s\",\"kind\":\"photo\",\"bytes\":%d,\"type\":\"image/jpeg\",\"sha\":\"%s\",\"view\":\"close\"}"
                .formatted(id, bytes.length, sha);
    }

    private HttpResponse<String> create(String json) throws Exception {
        return raabta.post("/api/transfers", consult.patientToken(), "application/json", json);
    }

    private HttpResponse<String> patch(String id, int offset, byte[] bytes) throws Exception {
        return raabta.send(raabta.request("/api/transfers/" + id)
                .header("Authorization", "Bearer " + consult.patientToken())
                .header("Content-Type", CHUNK)
                .header("Upload-Offset", Integer.toString(offset))
                .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(bytes)));
    }

    private HttpResponse<String> head(String id) throws Exception {
        return raabta.send(raabta.request("/api/transfers/" + id)
                .header("Authorization", "Bearer " + consult.patientToken())
                .method("HEAD", HttpRequest.BodyPublishers.noBody()));
    }

    private HttpResponse<byte[]> read(String id, String token, String range) throws Exception {
        HttpRequest.Builder request = raabta.request("/api/transfers/" + id).header("Authorization", "Bearer " + token);
        if (!range.isEmpty()) {
            request.header("Range", range);
        }
        return raabta.http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private JsonNode timeline(String token, long from) throws Exception {
        return Json.mapper()
                .readTree(raabta.get("/api/timeline?from=" + from, token).body())
                .path("e");
    }

    private static void problem(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.body()).contains("\"type\":\"urn:raabta:problem:" + type + "\"");
    }

    private static String offset(HttpResponse<?> answer) {
        return answer.headers().firstValue("Upload-Offset").orElse("none");
    }

    @Test
    void aPhotoInPiecesAcrossARestart() throws Exception {
        byte[] bytes = Samples.jpeg(400, 300);
        HttpResponse<String> created = create(photo(PHOTO, bytes, sha(bytes)));
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location")).contains("/api/transfers/" + PHOTO);
        HttpResponse<String> first = patch(PHOTO, 0, Arrays.copyOf(bytes, 1000));
        assertThat(first.statusCode()).as(first.body()).isEqualTo(204);
        assertThat(offset(first)).isEqualTo("1000");
        problem(raabta.get("/api/transfers/" + PHOTO, consult.doctorToken()), 409, "not-finished");

        raabta.close();
        raabta = ServerFixture.start(data);
        HttpResponse<String> head = head(PHOTO);
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(offset(head)).isEqualTo("1000");
        assertThat(head.headers().firstValue("Upload-Length")).contains(Integer.toString(bytes.length));
        assertThat(offset(create(photo(PHOTO, bytes, sha(bytes)))))
                .as("the same again")
                .isEqualTo("1000");
        HttpResponse<String> wrong = patch(PHOTO, 900, new byte[10]);
        problem(wrong, 409, "wrong-offset");
        assertThat(offset(wrong)).isEqualTo("1000");
        HttpResponse<String> last = patch(PHOTO, 1000, Arrays.copyOfRange(bytes, 1000, bytes.length));
        assertThat(last.statusCode()).as(last.body()).isEqualTo(204);

        HttpResponse<byte[]> read = read(PHOTO, consult.doctorToken(), "");
        assertThat(read.statusCode()).isEqualTo(200);
        assertThat(read.body()).isEqualTo(bytes);
        assertThat(read.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(read.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(read.headers().firstValue("Content-Security-Policy")).contains("sandbox; default-src 'none'");
        assertThat(read.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"photo-1.jpg\"");
        HttpResponse<byte[]> rest = read(PHOTO, consult.doctorToken(), "bytes=1000-");
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(bytes, 1000, bytes.length));
        assertThat(read(PHOTO, consult.doctorToken(), "bytes=999999-").statusCode())
                .isEqualTo(416);
        JsonNode entry = timeline(consult.doctorToken(), 0).path(0);
        assertThat(entry.path("s").asText()).isEqualTo("sent");
        assertThat(entry.path("sha").asText()).isEqualTo(sha(bytes));
        assertThat(entry.path("w").asInt()).isEqualTo(400);
        assertThat(create(photo(PHOTO, bytes, sha(bytes))).statusCode())
                .as("it is whole")
                .isEqualTo(200);
    }

    @Test
    void thePlaceIsGoneFromWhatTheDoctorGetsAndBothHashesAreSaid() throws Exception {
        byte[] bytes = Samples.jpegWithExif(400, 300, 6);
        create(photo(PHOTO, bytes, sha(bytes)));
        assertThat(patch(PHOTO, 0, bytes).statusCode()).isEqualTo(204);
        byte[] got = read(PHOTO, consult.doctorToken(), "").body();
        assertThat(new String(got, StandardCharsets.ISO_8859_1)).doesNotContain("GPS");
        JsonNode entry = timeline(consult.doctorToken(), 0).path(0);
        assertThat(entry.path("sha").asText()).isEqualTo(sha(got));
        assertThat(entry.path("sent").asText()).isEqualTo(sha(bytes));
        assertThat(entry.path("bytes").asInt()).isEqualTo(got.length);
        assertThat(create(photo(PHOTO, bytes, sha(bytes))).statusCode())
                .as("still the same item")
                .isEqualTo(200);
    }

    @Test
    void whatIsWrongIsSaidAndNothingStays() throws Exception {
        byte[] bytes = Samples.jpeg(400, 300);
        create(photo(PHOTO, bytes, sha(new byte[1])));
        problem(patch(PHOTO, 0, bytes), 422, "wrong-hash");
        assertThat(offset(head(PHOTO))).isEqualTo("0");
        assertThat(timeline(consult.doctorToken(), 0).path(0).path("why").asText())
                .isEqualTo("wrong-hash");
        problem(create(photo(PHOTO, bytes, sha(bytes))), 409, "other-item");

        byte[] svg = "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"
                .getBytes(StandardCharsets.UTF_8);
        String second = "QQQQpppp0000-_zz";
        create(photo(second, svg, sha(svg)));
        problem(patch(second, 0, svg), 415, "wrong-type");
        problem(raabta.get("/api/transfers/" + second, consult.doctorToken()), 410, "gone");

        byte[] polyglot = Arrays.copyOf(bytes, bytes.length + 200);
        String third = "RRRRpppp0000-_zz";
        create(photo(third, polyglot, sha(polyglot)));
        problem(patch(third, 0, polyglot), 422, "bad-content");

        String fourth = "SSSSpppp0000-_zz";
        problem(create(photo(fourth, new byte[5 << 20], sha(bytes))), 413, "too-large");
        create(photo(fourth, bytes, sha(bytes)));
        problem(patch(fourth, 0, Arrays.copyOf(bytes, bytes.length + 1)), 413, "too-large");
        try (var files = java.nio.file.Files.walk(data.resolve("files"))) {
            assertThat(files.filter(java.nio.file.Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void aRequestThatCannotBeUsedIsAnsweredSo() throws Exception {
        problem(create("{}"), 422, "invalid");
        problem(create("[]"), 422, "invalid");
        problem(create("{\"id\":\"x\"}"), 422, "invalid");
        problem(create(photo(PHOTO, new byte[1], "short")), 422, "invalid");
        problem(create(photo(PHOTO, new byte[1], sha(new byte[1])).replace("photo", "still")), 422, "invalid");
        problem(patch("short", 0, new byte[1]), 404, "not-found");
        problem(patch(PHOTO, 0, new byte[1]), 404, "not-found");
        problem(patch(PHOTO, -1, new byte[1]), 422, "invalid");
        problem(raabta.get("/api/transfers/" + PHOTO, "x".repeat(43)), 401, "link-unknown");
        problem(raabta.get("/api/timeline?from=x", consult.doctorToken()), 422, "invalid");
    }

    @Test
    void anotherConsultationsLinkSeesNothing() throws Exception {
        byte[] bytes = Samples.jpeg(40, 30);
        create(photo(PHOTO, bytes, sha(bytes)));
        patch(PHOTO, 0, bytes);
        ServerFixture.Created other = raabta.create();
        assertThat(read(PHOTO, other.doctorToken(), "").statusCode()).isEqualTo(404);
        assertThat(timeline(other.doctorToken(), 0)).isEmpty();
        assertThat(read(PHOTO, raabta.server.clinicKey(), "").statusCode()).isEqualTo(401);
    }

    @Test
    void messagesComeOnceAndTheirWayIsKnown() throws Exception {
        String text =
                "{\"t\":\"msg\",\"id\":\"MMMMmmmm0000-_zz\",\"text\":\"Where does it hurt? \\u06a9\\u06c1\\u0627\\u06ba\"}";
        for (int i = 0; i < 2; i++) {
            assertThat(raabta.post("/api/timeline", consult.doctorToken(), "application/json", text)
                            .statusCode())
                    .isEqualTo(204);
        }
        JsonNode entries = timeline(consult.patientToken(), 0);
        assertThat(entries).hasSize(1);
        assertThat(entries.path(0).path("text").asText()).isEqualTo("Where does it hurt? کہاں");
        long version = entries.path(0).path("v").asLong();
        raabta.post(
                "/api/timeline", consult.patientToken(), "application/json", "{\"t\":\"seen\",\"v\":" + version + "}");
        JsonNode seen = timeline(consult.doctorToken(), version);
        assertThat(seen.path(0).path("s").asText()).isEqualTo("seen");
        assertThat(seen.path(0).has("text")).as("it was told before").isFalse();
        String ask = "{\"t\":\"photo-request\",\"id\":\"AAAAmmmm0000-_zz\",\"view\":\"slip\"}";
        problem(raabta.post("/api/timeline", consult.patientToken(), "application/json", ask), 403, "wrong-role");
    }

    @Test
    void afterTheEndItMayBeFinishedAndReadAndExported() throws Exception {
        byte[] bytes = Samples.jpeg(400, 300);
        create(photo(PHOTO, bytes, sha(bytes)));
        patch(PHOTO, 0, Arrays.copyOf(bytes, 1000));
        raabta.post(
                "/api/timeline",
                consult.patientToken(),
                "application/json",
                "{\"t\":\"msg\",\"id\":\"MMMMmmmm0000-_zz\",\"text\":\"<script>alert(1)</script>\"}");
        raabta.post("/api/consults/" + consult.id() + "/end", consult.doctorToken(), "text/plain", "");
        problem(create(photo("QQQQpppp0000-_zz", bytes, sha(bytes))), 410, "consult-ended");
        assertThat(patch(PHOTO, 1000, Arrays.copyOfRange(bytes, 1000, bytes.length))
                        .statusCode())
                .isEqualTo(204);
        assertThat(read(PHOTO, consult.doctorToken(), "").body()).isEqualTo(bytes);

        problem(raabta.get("/api/consults/" + consult.id() + "/export.zip", consult.patientToken()), 403, "wrong-role");
        problem(raabta.get("/api/export.zip", consult.patientToken()), 403, "wrong-role");
        problem(raabta.get("/api/export.zip", "x".repeat(43)), 401, "link-unknown");
        HttpResponse<String> own = raabta.get("/api/export.zip", consult.doctorToken());
        assertThat(own.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"consultation-" + consult.id() + ".zip\"");
        HttpResponse<byte[]> zip = raabta.http.send(
                raabta.request("/api/consults/" + consult.id() + "/export.zip?lang=ur")
                        .header("Authorization", "Bearer " + consult.doctorToken())
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertThat(zip.statusCode()).isEqualTo(200);
        assertThat(zip.headers().firstValue("Content-Type")).contains("application/zip");
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.body()))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), in.readAllBytes());
            }
        }
        assertThat(files).containsOnlyKeys("timeline.html", "timeline.json", "files/001-patient-photo.jpg");
        assertThat(files.get("files/001-patient-photo.jpg")).isEqualTo(bytes);
        String html = new String(files.get("timeline.html"), StandardCharsets.UTF_8);
        assertThat(html)
                .contains("dir=\"rtl\"", "&lt;script&gt;", "src=\"files/001-patient-photo.jpg\"", sha(bytes))
                .doesNotContain("<script>");
        JsonNode json = Json.mapper().readTree(files.get("timeline.json"));
        assertThat(json.path("entries").path(0).path("file").asText()).isEqualTo("files/001-patient-photo.jpg");
        assertThat(json.path("entries").findValuesAsText("what")).contains("ended");
    }
}
