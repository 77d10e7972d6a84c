package org.raabta.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import org.eclipse.jetty.websocket.client.WebSocketClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raabta.signaling.media.Samples;
import org.raabta.signaling.transfer.ChunkFrame;

/** Files, messages and the floor over the control socket, against a whole server, by Jetty's client. */
class TransferSocketTest {
    private static final String PHOTO = "PPPPpppp0000-_zz";
    private static final String THUMB = "TTTTpppp0000-_zz";

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

    private PageClient patient() throws Exception {
        PageClient page = PageClient.open(jetty, raabta.server.httpPort(), consult.patientToken(), "AAAAAAAA");
        page.hear("pace");
        return page;
    }

    private PageClient doctor() throws Exception {
        PageClient page = PageClient.open(jetty, raabta.server.httpPort(), consult.doctorToken(), "BBBBBBBB");
        page.hear("pace");
        page.say("{\"t\":\"tl\",\"from\":0}");
        return page;
    }

    private static String sha(byte[] bytes) throws Exception {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    private static String put(int number, String id, String kind, byte[] bytes, String more) throws Exception {
        String sha = kind.equals("still") ? "" : ",\"sha\":\"" + sha(bytes) + "\"";
        return "{\"t\":\"put\",\"n\":%d,\"id\":\"%s\",\"kind\":\"%s\",\"bytes\":%d,\"type\":\"image/jpeg\"%s%s}"
                .formatted(number, id, kind, bytes.length, sha, more);
    }

    /** Sends from {@code from} to {@code to} and waits until the server has all of it; of the end {@code done} says so. */
    private static void send(PageClient page, int number, byte[] bytes, int from, int to) throws Exception {
        int acknowledged = from;
        for (int at = from; at < to; at += 400) {
            int end = Math.min(to, at + 400);
            page.frame(new ChunkFrame(number, false, at, Arrays.copyOfRange(bytes, at, end)).write());
        }
        while (acknowledged < to && to < bytes.length) {
            ChunkFrame frame = ChunkFrame.parse(page.hearFrame());
            assertThat(frame.acknowledges()).isTrue();
            assertThat(frame.number()).isEqualTo(number);
            acknowledged = frame.offset();
        }
    }

    private static byte[] receive(PageClient page, JsonNode give) throws Exception {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        int from = give.path("off").asInt();
        while (from + got.size() < give.path("bytes").asInt()) {
            ChunkFrame frame = ChunkFrame.parse(page.hearFrame());
            assertThat(frame.number()).isEqualTo(give.path("n").asInt());
            assertThat(frame.offset()).isEqualTo(from + got.size());
            got.writeBytes(frame.bytes());
            page.frame(ChunkFrame.acknowledgement(frame.number(), from + got.size())
                    .write());
        }
        return got.toByteArray();
    }

    private static JsonNode entry(PageClient page, String status) throws Exception {
        return page.hear("tl", tl -> tl.path("e").findValuesAsText("s").contains(status))
                .path("e")
                .path(0);
    }

    @Test
    void aPhotoThroughAnOutageAndARestartToTheDoctor() throws Exception {
        byte[] photo = Samples.jpeg(640, 480);
        String offer = put(1, PHOTO, "photo", photo, ",\"view\":\"close\"");
        PageClient patient = patient();
        patient.say(offer);
        assertThat(patient.hear("go").path("off").asInt()).isZero();
        send(patient, 1, photo, 0, 2000);
        patient.cut();

        PageClient back = patient();
        back.say(offer);
        assertThat(back.hear("go").path("off").asInt()).as("where it stopped").isEqualTo(2000);
        send(back, 1, photo, 2000, 3600);
        raabta.close();
        raabta = ServerFixture.start(data);

        PageClient again = patient();
        PageClient doctor = doctor();
        assertThat(entry(doctor, "coming").path("view").asText()).isEqualTo("close");
        again.say(offer.replace("\"n\":1", "\"n\":7"));
        assertThat(again.hear("go").path("off").asInt())
                .as("in a new life of the server")
                .isEqualTo(3600);
        again.frame(new ChunkFrame(7, false, 3000, new byte[10]).write());
        assertThat(again.hear("go").path("off").asInt()).as("a wrong offset").isEqualTo(3600);
        send(again, 7, photo, 3600, photo.length);
        again.hear("done", done -> done.path("id").asText().equals(PHOTO));
        entry(doctor, "sent");

        doctor.say("{\"t\":\"get\",\"id\":\"" + PHOTO + "\",\"off\":0}");
        JsonNode give = doctor.hear("give");
        assertThat(give.path("kind").asText()).isEqualTo("photo");
        assertThat(receive(doctor, give)).isEqualTo(photo);
        doctor.say("{\"t\":\"get\",\"id\":\"" + PHOTO + "\",\"off\":" + (photo.length - 100) + "}");
        // One without an id only changes the window.
        assertThat(receive(doctor, doctor.hear("give", more -> more.has("id"))))
                .isEqualTo(Arrays.copyOfRange(photo, photo.length - 100, photo.length));
        again.say("{\"t\":\"tl\",\"from\":0}");
        again.hear("tl");
        doctor.say("{\"t\":\"got\",\"id\":\"" + PHOTO + "\"}");
        entry(again, "delivered");
        again.say(offer);
        again.hear("done");
    }

    @Test
    void aThumbnailComesByItself() throws Exception {
        byte[] thumb = Samples.jpeg(64, 48);
        PageClient doctor = doctor();
        PageClient patient = patient();
        patient.say(put(1, THUMB, "thumb", thumb, ",\"w\":64,\"h\":48"));
        patient.frame(new ChunkFrame(1, false, 0, Arrays.copyOf(thumb, 400)).write());
        send(patient, 1, thumb, 400, thumb.length);
        patient.hear("done");
        JsonNode give = doctor.hear("give");
        assertThat(give.path("from").asText()).isEqualTo("patient");
        assertThat(receive(doctor, give)).isEqualTo(thumb);
    }

    @Test
    void aLivePictureIsPassedOnAndKeptNowhere() throws Exception {
        byte[] still = Samples.jpegWithExif(160, 120, 1);
        PageClient doctor = doctor();
        PageClient patient = patient();
        patient.say(put(3, "SSSSssss0000-_zz", "still", still, ",\"age\":250"));
        for (int at = 0; at < still.length; at += 400) {
            patient.frame(new ChunkFrame(3, false, at, Arrays.copyOfRange(still, at, Math.min(still.length, at + 400)))
                    .write());
        }
        JsonNode give = doctor.hear("give");
        assertThat(give.path("kind").asText()).isEqualTo("still");
        assertThat(give.path("age").asInt()).isGreaterThanOrEqualTo(250);
        assertThat(give.path("w").asInt()).isEqualTo(160);
        assertThat(receive(doctor, give)).as("without its place").isEqualTo(Samples.jpeg(160, 120));
        assertThat(data.resolve("files")).isEmptyDirectory();
    }

    @Test
    void whatIsNotTakenIsSaidAndTheSocketStays() throws Exception {
        byte[] photo = Samples.jpeg(64, 48);
        PageClient patient = patient();
        String wrong = put(1, PHOTO, "photo", photo, ",\"view\":\"far\"").replace(sha(photo), sha(new byte[1]));
        patient.say(wrong);
        patient.hear("go");
        for (int at = 0; at < photo.length; at += 400) {
            patient.frame(new ChunkFrame(1, false, at, Arrays.copyOfRange(photo, at, Math.min(photo.length, at + 400)))
                    .write());
        }
        JsonNode refused = patient.hear("refuse");
        assertThat(refused.path("type").asText()).isEqualTo("wrong-hash");
        assertThat(refused.path("again").asInt()).isEqualTo(1);
        patient.say(wrong);
        assertThat(patient.hear("go").path("off").asInt())
                .as("again from the start")
                .isZero();
        patient.say("{\"t\":\"cancel\",\"id\":\"" + PHOTO + "\"}");
        assertThat(patient.hear("refuse").path("type").asText()).isEqualTo("replaced");
        patient.frame(new byte[] {1});
        assertThat(patient.hear("error").path("type").asText()).isEqualTo("bad-message");
        patient.say("{\"t\":\"put\",\"n\":0}");
        assertThat(patient.hear("error").path("detail").asText()).startsWith("put: n must be");
        patient.say("{\"t\":\"get\",\"id\":\"" + PHOTO + "\"}");
        assertThat(patient.hear("refuse").path("type").asText()).isEqualTo("gone");
    }

    @Test
    void messagesAreDeliveredAndSeen() throws Exception {
        PageClient patient = patient();
        patient.say("{\"t\":\"tl\",\"from\":0}");
        PageClient doctor = doctor();
        patient.say("{\"t\":\"msg\",\"id\":\"MMMMmmmm0000-_zz\",\"text\":\"It hurts here\"}");
        JsonNode own = entry(patient, "sent");
        assertThat(own.has("text")).as("it wrote that itself").isFalse();
        JsonNode heard = entry(doctor, "sent");
        assertThat(heard.path("text").asText()).isEqualTo("It hurts here");
        doctor.say("{\"t\":\"got\",\"v\":" + heard.path("v").asLong() + "}");
        assertThat(entry(patient, "delivered").path("i").asInt())
                .isEqualTo(own.path("i").asInt());
        doctor.say("{\"t\":\"seen\",\"v\":" + heard.path("v").asLong() + "}");
        JsonNode seen = entry(patient, "seen");
        patient.say("{\"t\":\"photo-request\",\"id\":\"AAAAmmmm0000-_zz\",\"view\":\"close\"}");
        assertThat(patient.hear("error").path("type").asText()).isEqualTo("wrong-role");
        doctor.say("{\"t\":\"photo-request\",\"id\":\"AAAAmmmm0000-_zz\",\"view\":\"close\"}");
        JsonNode ask =
                patient.hear("tl", tl -> tl.path("e").path(0).path("k").asText().equals("ask"));
        assertThat(ask.path("e").path(0).path("view").asText()).isEqualTo("close");

        patient.cut();
        raabta.close();
        raabta = ServerFixture.start(data);
        PageClient back = patient();
        back.say("{\"t\":\"tl\",\"from\":" + seen.path("v").asLong() + "}");
        JsonNode missed = back.hear("tl").path("e");
        assertThat(missed.findValuesAsText("k"))
                .as("only what came since")
                .contains("ask")
                .doesNotContain("msg");
    }

    @Test
    void oneHasTheFloor() throws Exception {
        PageClient patient = patient();
        PageClient doctor = doctor();
        patient.say("{\"t\":\"floor\",\"want\":1}");
        JsonNode mine = patient.hear("floor");
        assertThat(mine.path("by").asText()).isEqualTo("patient");
        assertThat(mine.path("you").asInt()).isEqualTo(1);
        assertThat(doctor.hear("floor").has("you")).isFalse();
        doctor.say("{\"t\":\"floor\",\"want\":1}");
        assertThat(doctor.hear("floor").path("by").asText()).isEqualTo("patient");
        patient.cut();
        assertThat(doctor.hear("floor").has("by"))
                .as("who is gone does not hold it")
                .isFalse();
    }
}
