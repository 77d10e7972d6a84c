package org.raabta.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.media.Samples;

/** How long things are kept, and what stays of what cannot be kept: against a whole server with a clock of the test. */
class KeepingTest {
    private static final String PHOTO = "PPPPpppp0000-_zz";
    private static final Duration KEEP = Duration.ofDays(30);
    private static final String SETTINGS =
            "transfers { keep = 30d, keep-partial = 24h, finish = 1h }\nconsults { lifetime = 60d, max-lifetime = 60d }\n";
    private static final long PATIENCE_SECONDS = 30;

    @TempDir
    private Path data;

    private volatile Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private ServerFixture raabta;
    private final byte[] bytes = Samples.jpeg(400, 300);

    @BeforeEach
    void start() throws Exception {
        raabta = ServerFixture.start(data, () -> now, SETTINGS);
    }

    @AfterEach
    void stop() {
        raabta.close();
    }

    private void restart(String settings) throws Exception {
        raabta.close();
        raabta = ServerFixture.start(data, () -> now, settings);
    }

    private void offer(ServerFixture.Created consult) throws Exception {
        String sha = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        HttpResponse<String> answer = raabta.post(
                "/api/transfers",
                consult.patientToken(),
                "application/json",
                "{\"id\":\"%s\",\"kind\":\"photo\",\"bytes\":%d,\"type\":\"image/jpeg\",\"sha\":\"%s\",\"view\":\"close\"}"
                        .formatted(PHOTO, bytes.length, sha));
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    }

    private HttpResponse<String> patch(ServerFixture.Created consult, int from, int to) throws Exception {
        return raabta.send(raabta.request("/api/transfers/" + PHOTO)
                .header("Authorization", "Bearer " + consult.patientToken())
                .header("Content-Type", "application/offset+octet-stream")
                .header("Upload-Offset", Integer.toString(from))
                .method("PATCH", HttpRequest.BodyPublishers.ofByteArray(Arrays.copyOfRange(bytes, from, to))));
    }

    private void send(ServerFixture.Created consult) throws Exception {
        offer(consult);
        assertThat(patch(consult, 0, bytes.length).statusCode()).isEqualTo(204);
    }

    private void end(ServerFixture.Created consult) throws Exception {
        raabta.post("/api/consults/" + consult.id() + "/end", consult.doctorToken(), "text/plain", "");
    }

    private JsonNode photo(ServerFixture.Created consult) throws Exception {
        JsonNode entries = Json.mapper()
                .readTree(raabta.get("/api/timeline", consult.doctorToken()).body())
                .path("e");
        for (JsonNode entry : entries) {
            if (entry.path("id").asText().equals(PHOTO)) {
                return entry;
            }
        }
        return Json.object();
    }

    /** Folders of consultations that still have files. */
    private List<String> folders() throws IOException {
        try (Stream<Path> all = Files.walk(data.resolve("files"))) {
            return all.filter(Files::isRegularFile)
                    .map(file ->
                            data.resolve("files").relativize(file).getName(0).toString())
                    .distinct()
                    .sorted()
                    .toList();
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof NoSuchFileException) {
                return folders(); // one went while it was looked at
            }
            throw e;
        }
    }

    /** The sweep at the start runs beside the server. */
    private static void until(String what, Callable<Boolean> there) throws Exception {
        long endNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!there.call()) {
            assertThat(System.nanoTime() - endNanos).as(what).isNegative();
            TimeUnit.MILLISECONDS.sleep(20);
        }
    }

    @Test
    void whatWasKeptLongEnoughIsDeletedAndNothingElse() throws Exception {
        ServerFixture.Created old = raabta.create();
        send(old);
        end(old);
        now = now.plus(KEEP.minusDays(1));
        ServerFixture.Created young = raabta.create();
        send(young);
        end(young);
        ServerFixture.Created running = raabta.create();
        send(running);
        now = now.plus(Duration.ofDays(2));
        Files.createDirectories(data.resolve("files").resolve("zzz"));
        Files.write(data.resolve("files").resolve("zzz").resolve(PHOTO), new byte[200]);
        assertThat(folders()).hasSize(4);

        restart(SETTINGS);

        List<String> left = Stream.of(young.id(), running.id()).sorted().toList();
        until(
                "the old one's files and those of nobody to be gone",
                () -> folders().equals(left));
        until("its time line to be gone", () -> photo(old).isEmpty());
        assertThat(photo(young).path("s").asText()).isEqualTo("sent");
        assertThat(raabta.get("/api/transfers/" + PHOTO, young.doctorToken()).statusCode())
                .isEqualTo(200);
        assertThat(raabta.get("/api/transfers/" + PHOTO, old.doctorToken()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatDoesNotGrowIsGivenUp() throws Exception {
        ServerFixture.Created consult = raabta.create();
        offer(consult);
        patch(consult, 0, 1000);
        now = now.plus(Duration.ofHours(25));

        restart(SETTINGS);

        until("the part to be gone", () -> folders().isEmpty());
        until("its entry to say why", () -> photo(consult).path("why").asText().equals("too-slow"));
        assertThat(patch(consult, 1000, bytes.length).statusCode()).isEqualTo(410);
    }

    @Test
    void whatWasBegunMayBeFinishedForAnHourAfterTheEnd() throws Exception {
        ServerFixture.Created consult = raabta.create();
        offer(consult);
        patch(consult, 0, 1000);
        end(consult);
        now = now.plus(Duration.ofMinutes(59));
        assertThat(patch(consult, 1000, 2000).statusCode()).isEqualTo(204);
        now = now.plus(Duration.ofMinutes(2));

        HttpResponse<String> late = patch(consult, 2000, bytes.length);

        assertThat(late.statusCode()).isEqualTo(410);
        assertThat(late.body()).contains("urn:raabta:problem:consult-ended");
        until("nothing of it to stay", () -> folders().isEmpty());
        until("its entry to say why", () -> photo(consult).path("why").asText().equals("ended"));
    }

    @Test
    void aDiskThatIsFullInTheMiddleLeavesNothingHalfAndLetsItBeginAgain() throws Exception {
        ServerFixture.Created consult = raabta.create();
        offer(consult);
        assertThat(patch(consult, 0, 1000).statusCode()).isEqualTo(204);

        restart(SETTINGS + "transfers.keep-free = 100000 GiB\n");
        HttpResponse<String> full = patch(consult, 1000, 2000);

        assertThat(full.statusCode()).as(full.body()).isEqualTo(507);
        assertThat(full.body()).contains("urn:raabta:problem:disk-full");
        until("nothing half-written to stay", () -> folders().isEmpty());
        until("its entry to say why", () -> photo(consult).path("why").asText().equals("disk-full"));

        restart(SETTINGS);
        send(consult);
        assertThat(photo(consult).path("s").asText()).isEqualTo("sent");
    }
}
