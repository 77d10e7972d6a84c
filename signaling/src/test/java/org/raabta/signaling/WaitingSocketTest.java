package org.raabta.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.InstantSource;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raabta.signaling.http.Json;

/** The clinic's waiting line, calls for those who are away, and what it costs, against a whole server. */
class WaitingSocketTest {
    private static final String SETTINGS = "clinic.price-per-mb = 0.5\n";
    private static final String JOIN = "{\"t\":\"join\",\"cam\":false,\"voiceOnly\":true}";

    @TempDir
    private Path data;

    private ServerFixture raabta;
    private WebSocketClient jetty;

    @BeforeEach
    void start() throws Exception {
        raabta = ServerFixture.start(data, InstantSource.system(), SETTINGS);
        jetty = PageClient.jetty();
    }

    @AfterEach
    void stop() throws Exception {
        jetty.stop();
        raabta.close();
    }

    private PageClient page(String token, String instance) throws Exception {
        return PageClient.open(jetty, raabta.server.httpPort(), token, instance);
    }

    private PageClient waiting(ServerFixture.Created consult) throws Exception {
        PageClient patient = page(consult.patientToken(), "AAAAAAAA");
        patient.say(JOIN);
        return patient;
    }

    private JsonNode queue() throws Exception {
        return Json.mapper()
                .readTree(raabta.get("/api/queue", raabta.server.clinicKey()).body());
    }

    @Test
    void everybodyWhoWaitsKnowsTheirPlaceAndTheClinicSeesThem() throws Exception {
        ServerFixture.Created zainab = raabta.create("{\"patientName\":\"Zainab\"}");
        ServerFixture.Created bilal = raabta.create("{\"patientName\":\"<b>Bilal\"}");
        PageClient first = waiting(zainab);
        JsonNode place = first.hear("place");
        assertThat(place.path("n").asInt()).isEqualTo(1);
        assertThat(place.path("name").asText()).isEqualTo("Zainab");
        first.say("{\"t\":\"named\",\"right\":false}");
        assertThat(first.hear("place").has("name")).as("asked once").isFalse();
        first.say("{\"t\":\"tl\",\"from\":0}");
        first.hear("tl", tl -> tl.toString().contains("misnamed"));
        PageClient second = waiting(bilal);
        assertThat(second.hear("place").path("n").asInt()).isEqualTo(2);

        JsonNode queue = queue().path("waiting");
        assertThat(queue).hasSize(2);
        assertThat(queue.path(0).path("name").asText()).isEqualTo("Zainab");
        assertThat(queue.path(1).path("place").asInt()).isEqualTo(2);
        assertThat(queue.path(1).path("doctorUrl").asText()).endsWith("/d/" + bilal.doctorToken());
        assertThat(queue.path(1).has("awaySince")).isFalse();
        assertThat(raabta.get("/api/queue", bilal.doctorToken()).statusCode()).isEqualTo(403);
        assertThat(raabta.get("/api/queue", "x".repeat(20)).statusCode()).isEqualTo(401);

        PageClient doctor = page(zainab.doctorToken(), "BBBBBBBB");
        doctor.say(JOIN);
        assertThat(first.hear("place").path("doc").asText()).isEqualTo("here");
        doctor.cut();
        assertThat(first.hear("place").path("doc").asText()).isEqualTo("away");
        // Another phone of hers: the same place, said anew.
        PageClient other = page(zainab.patientToken(), "CCCCCCCC");
        other.say(JOIN);
        assertThat(other.hear("place").path("n").asInt()).isEqualTo(1);
        raabta.post("/api/consults/" + zainab.id() + "/admit", raabta.server.clinicKey(), "text/plain", "");
        assertThat(second.hear("place").path("n").asInt()).isEqualTo(1);
        assertThat(queue().path("waiting")).hasSize(1);
    }

    @Test
    void theLineStandsAsBeforeWhenTheServerIsBack() throws Exception {
        ServerFixture.Created zainab = raabta.create("{\"patientName\":\"Zainab\"}");
        ServerFixture.Created bilal = raabta.create("{\"patientName\":\"Bilal\"}");
        ServerFixture.Created admitted = raabta.create();
        waiting(zainab).hear("place");
        assertThat(waiting(bilal).hear("place").path("n").asInt()).isEqualTo(2);
        waiting(admitted).hear("place");
        raabta.post("/api/consults/" + admitted.id() + "/admit", raabta.server.clinicKey(), "text/plain", "");
        raabta.close();
        raabta = ServerFixture.start(data, InstantSource.system(), SETTINGS);

        JsonNode queue = queue().path("waiting");
        assertThat(queue).hasSize(2);
        assertThat(queue.path(0).path("name").asText()).isEqualTo("Zainab");
        assertThat(queue.path(0).has("awaySince")).isTrue();
        assertThat(queue.path(1).path("doctorUrl").asText()).endsWith("/d/" + bilal.doctorToken());
        // He is back before her, and stands behind her all the same.
        assertThat(waiting(bilal).hear("place").path("n").asInt()).isEqualTo(2);
        assertThat(waiting(zainab).hear("place").path("n").asInt()).isEqualTo(1);
    }

    @Test
    void whoIsCalledHearsItNowOrWhenTheyCome() throws Exception {
        ServerFixture.Created consult = raabta.create();
        PageClient doctor = page(consult.doctorToken(), "BBBBBBBB");
        doctor.say(JOIN);
        doctor.hear("state");
        doctor.say("{\"t\":\"ring\"}");
        doctor.say("{\"t\":\"ring\"}");
        doctor.say("{\"t\":\"tl\",\"from\":0}");
        doctor.hear("tl", tl -> tl.toString().contains("rang"));
        PageClient patient = page(consult.patientToken(), "AAAAAAAA");
        assertThat(patient.hear("ring").path("by").asText()).isEqualTo("doctor");
        patient.say(JOIN);
        patient.say("{\"t\":\"ring\"}");
        assertThat(doctor.hear("ring").path("by").asText()).isEqualTo("patient");
    }

    @Test
    void whatItCostsIsToldAndACeilingIsKept() throws Exception {
        PageClient patient = waiting(raabta.create());
        JsonNode used = patient.hear("used");
        assertThat(used.path("kb").isInt()).isTrue();
        assertThat(used.path("p").asDouble()).isEqualTo(0.5);
        assertThat(used.has("max")).isFalse();
        patient.say("{\"t\":\"ceiling\",\"mb\":5}");
        assertThat(patient.hear("used", news -> news.has("max")).path("max").asDouble())
                .isEqualTo(5);
        patient.say("{\"t\":\"ceiling\"}");
        assertThat(patient.hear("used", news -> !news.has("max")).path("kb").isInt())
                .isTrue();
        patient.say("{\"t\":\"ceiling\",\"mb\":-1}");
        assertThat(patient.hear("error").path("re").asText()).isEqualTo("ceiling");
    }
}
