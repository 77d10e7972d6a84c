package org.raabta.signaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raabta.signaling.http.Json;

/** The control socket of docs/protocol.md against a whole server, by Jetty's client. */
class ControlSocketTest {
    private static final String OFFER = "{\"t\":\"offer\",\"gen\":%d,\"u\":\"Kf2a\",\"p\":\"abcdefghijklmnopqrstuvwx\","
            + "\"fp\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\",\"a\":{\"opus\":111,\"red\":63},"
            + "\"v\":{\"vp8\":96,\"rtx\":97},\"x\":{\"mid\":4,\"tcc\":3}}";
    private static final String JOIN = "{\"t\":\"join\",\"cam\":true,\"voiceOnly\":false}";

    @TempDir
    private Path data;

    private ServerFixture raabta;
    private WebSocketClient jetty;
    private ServerFixture.Created consult;

    @BeforeEach
    void start() throws Exception {
        raabta = ServerFixture.start(data);
        jetty = PageClient.jetty();
        consult = raabta.create();
    }

    @AfterEach
    void stop() throws Exception {
        jetty.stop();
        raabta.close();
    }

    private PageClient page(String token, String instance) throws Exception {
        return PageClient.open(jetty, raabta.server.httpPort(), token, instance);
    }

    @Test
    void fromWelcomeToEnd() throws Exception {
        PageClient patient = page(consult.patientToken(), "AAAAAAAA");
        JsonNode welcome = patient.hear("welcome");
        assertThat(welcome.path("role").asText()).isEqualTo("patient");
        assertThat(welcome.path("name").asText()).isEqualTo("Zainab");
        assertThat(welcome.path("relay").path("tcp").asInt()).isEqualTo(raabta.server.httpsPort());
        assertThat(welcome.path("relay").path("fp").asText()).hasSize(43);
        assertThat(patient.hear("state").path("you").asText()).isEqualTo("created");
        assertThat(patient.hear("rung").path("up").asText()).isEmpty();
        patient.say(OFFER.formatted(0));
        assertThat(patient.hear("answer").path("gen").asInt()).isZero();
        patient.say(JOIN);
        assertThat(patient.hearState("waiting").path("you").asText()).isEqualTo("waiting");

        PageClient doctor = page(consult.doctorToken(), "BBBBBBBB");
        JsonNode seen = doctor.hearState("waiting").path("legs").path(0);
        assertThat(seen.path("role").asText()).isEqualTo("patient");
        assertThat(seen.path("camera").asBoolean()).isTrue();
        assertThat(seen.path("waitingSince").isInt()).isTrue();
        doctor.say(JOIN);
        JsonNode link = doctor.hear("link");
        assertThat(link.path("legs").path(0).has("rttMs")).as("never measured").isFalse();
        doctor.say("{\"t\":\"admit\"}");
        assertThat(doctor.hearState("reconnecting").path("you").asText()).isEqualTo("reconnecting");
        patient.hearState("reconnecting");
        doctor.say("{\"t\":\"end\"}");
        assertThat(patient.hear("ended").path("by").asText()).isEqualTo("doctor");
        assertThat(patient.closed()).isEqualTo(4002);
        assertThat(doctor.closed()).isEqualTo(4002);
        assertThatThrownBy(() -> page(consult.patientToken(), "AAAAAAAA")).hasStackTraceContaining("410");
    }

    @Test
    void whatThePatientAgreedToIsOnRecordBeforeAnybodyIsAdmitted() throws Exception {
        String agreed = JOIN.replace("}", ",\"c\":{\"l\":\"ur\",\"h\":\"" + "h".repeat(43) + "\"}}");
        PageClient patient = page(consult.patientToken(), "AAAAAAAA");
        patient.say(agreed);
        patient.hearState("waiting");
        patient.say(agreed);
        patient.say(agreed.replace("\"ur\"", "\"../\""));
        assertThat(patient.hear("error").path("detail").asText()).startsWith("join: c.l must be");
        String clinic = raabta.server.clinicKey();
        raabta.post("/api/consults/" + consult.id() + "/admit", clinic, "text/plain", "");
        raabta.post("/api/consults/" + consult.id() + "/end", clinic, "text/plain", "");
        JsonNode report = Json.mapper()
                .readTree(raabta.get("/api/consults/" + consult.id() + "/report", clinic)
                        .body());
        assertThat(report.path("consents")).hasSize(1);
        JsonNode given = report.path("consents").path(0);
        assertThat(given.path("role").asText()).isEqualTo("patient");
        assertThat(given.path("language").asText()).isEqualTo("ur");
        assertThat(given.path("textSha256").asText()).isEqualTo("h".repeat(43));
        assertThat(given.path("at").asText())
                .isLessThanOrEqualTo(report.path("admittedAt").asText());
    }

    @Test
    void framesAreDeflatedWithContextTakeover() throws Exception {
        PageClient patient = page(consult.patientToken(), "AAAAAAAA");
        patient.hear("welcome");
        String agreed = patient.session().getUpgradeResponse().getHeader("Sec-WebSocket-Extensions");
        assertThat(agreed).startsWith("permessage-deflate").doesNotContain("no_context_takeover");
    }

    @Test
    void aSecondPageTakesOver() throws Exception {
        PageClient first = page(consult.patientToken(), "AAAAAAAA");
        first.say(JOIN);
        first.hearState("waiting");
        PageClient second = page(consult.patientToken(), "CCCCCCCC");
        first.hear("replaced");
        assertThat(first.closed()).isEqualTo(4001);
        second.say(JOIN);
        assertThat(second.hearState("waiting").path("legs")).hasSize(1);
    }

    @Test
    void aLinkThatIsClosedYetSaysForHowLongAndLetsNobodyIn() throws Exception {
        ServerFixture.Created later =
                raabta.create("{\"opensAt\":\"%s\"}".formatted(Instant.now().plusSeconds(600)));
        PageClient patient = page(later.patientToken(), "AAAAAAAA");
        assertThat(patient.hear("welcome").path("opensIn").asInt()).isBetween(300, 600);
        patient.say(JOIN);
        JsonNode error = patient.hear("error");
        assertThat(error.path("type").asText()).isEqualTo("wrong-state");
        assertThat(error.path("re").asText()).isEqualTo("join");
        PageClient doctor = page(later.doctorToken(), "BBBBBBBB");
        doctor.say(JOIN);
        JsonNode alone =
                doctor.hear("state", state -> state.path("you").asText().equals("waiting"));
        assertThat(alone.path("state").asText()).isEqualTo("created");
        ServerFixture.Created open =
                raabta.create("{\"opensAt\":\"%s\"}".formatted(Instant.now().minusSeconds(600)));
        assertThat(page(open.patientToken(), "CCCCCCCC").hear("welcome").has("opensIn"))
                .isFalse();
    }

    @Test
    void aCutSocketComesBackAsTheSameLeg() throws Exception {
        PageClient patient = page(consult.patientToken(), "AAAAAAAA");
        String leg = patient.hear("welcome").path("leg").asText();
        patient.say(JOIN);
        patient.hearState("waiting");
        PageClient doctor = page(consult.doctorToken(), "BBBBBBBB");
        doctor.hear("welcome");
        patient.cut();
        doctor.hear("state", state -> !state.path("legs").path(0).path("socket").asBoolean());
        PageClient back = page(consult.patientToken(), "AAAAAAAA");
        assertThat(back.hear("welcome").path("leg").asText()).isEqualTo(leg);
        JsonNode state = back.hear("state");
        assertThat(state.path("state").asText()).isEqualTo("waiting");
        assertThat(state.path("you").asText()).isEqualTo("waiting");
    }

    @Test
    void errorsAreAnsweredAndChangeNothing() throws Exception {
        PageClient patient = page(consult.patientToken(), "AAAAAAAA");
        patient.say("{\"t\":\"admit\"}");
        JsonNode error = patient.hear("error");
        assertThat(error.path("type").asText()).isEqualTo("wrong-role");
        assertThat(error.path("re").asText()).isEqualTo("admit");
        patient.say("no json");
        assertThat(patient.hear("error").path("type").asText()).isEqualTo("bad-message");
        patient.say("{\"t\":\"offer\",\"gen\":0}");
        assertThat(patient.hear("error").path("detail").asText()).startsWith("offer: ");
        PageClient doctor = page(consult.doctorToken(), "BBBBBBBB");
        doctor.say("{\"t\":\"admit\"}");
        assertThat(doctor.hear("error").path("type").asText()).isEqualTo("wrong-state");
        for (int i = 0; i < 20; i++) {
            patient.say("{}");
        }
        assertThat(patient.closed()).isEqualTo(1008);
    }

    @Test
    void overlongMessagesCloseTheSocket() throws Exception {
        PageClient patient = page(consult.patientToken(), "AAAAAAAA");
        patient.hear("welcome");
        patient.say("{\"t\":\"" + "x".repeat(9000) + "\"}");
        assertThat(patient.closed()).isIn(1006, 1009);
        assertThat(raabta.send(raabta.request("/readyz")).statusCode()).isEqualTo(200);
    }

    @Test
    void leavingIsForNow() throws Exception {
        PageClient patient = page(consult.patientToken(), "AAAAAAAA");
        patient.say(JOIN);
        patient.hearState("waiting");
        patient.say("{\"t\":\"leave\"}");
        assertThat(patient.closed()).isEqualTo(1000);
        assertThat(raabta.get("/api/consults/" + consult.id(), consult.doctorToken())
                        .body())
                .contains("\"state\":\"created\",\"legs\":[]");
        page(consult.patientToken(), "AAAAAAAA").hear("welcome");
    }

    @Test
    void wrongUpgradesAreRefused() {
        assertThatThrownBy(() -> page("x".repeat(43), "AAAAAAAA")).hasStackTraceContaining("401");
        assertThatThrownBy(() -> page(consult.patientToken(), "short")).hasStackTraceContaining("422");
    }

    @Test
    void aRestartOnTheSameDataLeadsBackIntoTheCall() throws Exception {
        PageClient patient = page(consult.patientToken(), "AAAAAAAA");
        String run = patient.hear("welcome").path("relay").path("run").asText();
        patient.say(JOIN);
        patient.hearState("waiting");
        PageClient doctor = page(consult.doctorToken(), "BBBBBBBB");
        doctor.hear("welcome");
        doctor.say("{\"t\":\"admit\"}");
        doctor.hearState("reconnecting");
        raabta.close();
        patient.hear("restarting");
        assertThat(patient.closed()).isEqualTo(1012);

        raabta = ServerFixture.start(data);
        PageClient again = page(consult.patientToken(), "AAAAAAAA");
        JsonNode welcome = again.hear("welcome");
        assertThat(welcome.path("state").asText()).isEqualTo("reconnecting");
        assertThat(welcome.path("relay").path("run").asText()).isNotEqualTo(run);
        again.say(OFFER.formatted(1));
        assertThat(again.hear("answer").path("gen").asInt()).isEqualTo(1);
    }
}
