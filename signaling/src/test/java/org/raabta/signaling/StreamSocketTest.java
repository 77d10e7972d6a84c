package org.raabta.signaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The control socket on the page's own HTTP/2 connection (RFC 8441), and what a TLS connection costs the second time. */
class StreamSocketTest {
    private static final String JOIN = "{\"t\":\"join\",\"cam\":true,\"voiceOnly\":false}";

    @TempDir
    private Path data;

    private ServerFixture raabta;
    private StreamClient client;
    private ServerFixture.Created consult;

    @BeforeEach
    void start() throws Exception {
        raabta = ServerFixture.start(data);
        client = new StreamClient(raabta.server.httpsPort());
        consult = raabta.create();
    }

    @AfterEach
    void stop() {
        client.close();
        raabta.close();
    }

    private String path(String instance) {
        return "/s/" + consult.patientToken() + "?k=" + instance;
    }

    @Test
    void fromWelcomeToEnd() throws Exception {
        StreamClient.Stream patient = client.open(path("AAAAAAAA"), Map.of());
        // Before the answer, as a page in a hurry might: nothing of it is lost.
        patient.say(JOIN);
        assertThat(patient.answer().status()).hasToString("200");
        assertThat(patient.until("\"t\":\"welcome\"")).contains("Zainab");
        patient.until("\"you\":\"waiting\"");
        raabta.post("/api/consults/" + consult.id() + "/end", raabta.server.clinicKey(), "application/json", "");
        patient.until("\"t\":\"ended\"");
        byte[] all = patient.untilEnd();
        // The close frame with 4002 comes before the end of the stream, which a reset would have taken away.
        assertThat(Arrays.copyOfRange(all, all.length - 4, all.length))
                .containsExactly((byte) 0x88, (byte) 2, (byte) (4002 >> 8), (byte) (4002 & 0xff));
    }

    @Test
    void compressionIsAgreedOn() throws Exception {
        StreamClient.Stream patient = client.open(
                path("AAAAAAAA"), Map.of("sec-websocket-extensions", "permessage-deflate; client_max_window_bits"));
        assertThat(patient.answer().get("sec-websocket-extensions")).asString().startsWith("permessage-deflate");
    }

    @Test
    void whatIsRefusedSaysWhy() throws Exception {
        StreamClient.Stream wrong = client.open("/s/" + "A".repeat(43) + "?k=AAAAAAAA", Map.of());
        assertThat(wrong.answer().status()).hasToString("401");
        wrong.until("link-unknown");
        StreamClient.Stream old = client.open(path("AAAAAAAA"), Map.of("sec-websocket-version", "8"));
        assertThat(old.answer().status()).hasToString("400");
        StreamClient.Stream elsewhere = client.open("/nowhere", Map.of());
        assertThat(elsewhere.answer().status()).hasToString("404");
    }

    @Test
    void manySocketsOnOneConnection() throws Exception {
        StreamClient.Stream first = client.open(path("AAAAAAAA"), Map.of());
        first.until("\"t\":\"welcome\"");
        StreamClient.Stream second = client.open(path("BBBBBBBB"), Map.of());
        second.until("\"t\":\"welcome\"");
        first.until("\"t\":\"replaced\"");
        first.untilEnd();
        second.say(JOIN);
        second.until("\"you\":\"waiting\"");
    }

    @Test
    void tlsSessionsAreResumed() throws Exception {
        for (String protocol : new String[] {"TLSv1.3", "TLSv1.2"}) {
            SSLContext tls = SSLContext.getInstance("TLS");
            tls.init(null, new TrustManager[] {new TrustAll()}, null);
            long firstMade = connect(tls, protocol);
            assertThat(connect(tls, protocol))
                    .as(protocol + ": when the session was made")
                    .isEqualTo(firstMade);
        }
    }

    /** When the session of a new connection was made; a resumed one keeps that of the first. */
    private long connect(SSLContext tls, String protocol) throws Exception {
        try (SSLSocket socket =
                (SSLSocket) tls.getSocketFactory().createSocket("127.0.0.1", raabta.server.httpsPort())) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.startHandshake();
            socket.getOutputStream()
                    .write("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            // TLS 1.3 hands its ticket out after the handshake: it is read with the answer.
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            return socket.getSession().getCreationTime();
        }
    }

    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String type) {}

        @Override
        public java.security.cert.X509Certificate[] getAcceptedIssuers() {
            return new java.security.cert.X509Certificate[0];
        }
    }
}
