package org.raabta.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.raabta.signaling.api.Links;

class MainTest {
    @Test
    void wrongSettingsAreOneLineAndStatusTwo(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("raabta.conf"), "http.port = 80\n");
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int status = Main.run(
                List.of("--config", file.toString()),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("http.port: unknown key" + System.lineSeparator());
        assertThat(out.size()).isZero();
    }

    @Test
    void aProfileThatCannotBeUsedIsOneLineAndStatusTwo(@TempDir Path directory) throws Exception {
        Path profile = Files.writeString(directory.resolve("clinic.profile"), "preference = speed\n");
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int status = Main.run(
                List.of("--data", directory.toString(), "--profile", profile.toString()),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
        assertThat(status).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith("profile: clinic.profile, line 1, preference: ")
                .hasLineCount(1);
    }

    @Test
    void theDemoLinksOutliveARestartAndSecretsArePrivate(@TempDir Path data) throws Exception {
        Links.Pair first;
        try (ServerFixture raabta = ServerFixture.start(data)) {
            first = raabta.server.demo();
            assertThat(raabta.server.demo()).isEqualTo(first);
            assertThat(first.doctorUrl()).startsWith(raabta.server.base() + "/d/");
        }
        for (String secret : List.of("token.key", "clinic.key", "operator.key", "tls.key", "relay.pem")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve(secret))))
                    .as(secret)
                    .isEqualTo("rw-------");
        }
        try (ServerFixture raabta = ServerFixture.start(data)) {
            Links.Pair again = raabta.server.demo();
            assertThat(again.patientToken()).isEqualTo(first.patientToken());
            String consult = Long.toString(
                    new org.raabta.signaling.link.Tokens(java.util.Base64.getUrlDecoder()
                                    .decode(Files.readString(data.resolve("token.key"))
                                            .strip()))
                            .read(first.patientToken())
                            .orElseThrow()
                            .consult(),
                    36);
            assertThat(raabta.post("/api/consults/" + consult + "/end", again.doctorToken(), "text/plain", "")
                            .statusCode())
                    .isEqualTo(204);
            assertThat(raabta.server.demo())
                    .as("an ended one is not printed again")
                    .isNotEqualTo(again);
        }
    }
}
