package org.raabta.signaling;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.raabta.signaling.http.Json;
import org.raabta.signaling.settings.Flags;
import org.raabta.signaling.settings.Settings;
import org.raabta.signaling.settings.SettingsException;
import org.raabta.signaling.settings.SettingsReader;

/** A whole server on free loopback ports, and an independent HTTP client. */
final class ServerFixture implements AutoCloseable {
    final Server server;
    final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private ServerFixture(Server server) {
        this.server = server;
    }

    static ServerFixture start(Path data) throws IOException, SettingsException {
        return start(data, InstantSource.system());
    }

    static ServerFixture start(Path data, InstantSource clock) throws IOException, SettingsException {
        return start(data, clock, "");
    }

    /** @param settings lines of a configuration file */
    static ServerFixture start(Path data, InstantSource clock, String settings) throws IOException, SettingsException {
        Path file = Files.writeString(Files.createTempFile("raabta-test", ".conf"), settings);
        try {
            return start(data, clock, file);
        } finally {
            Files.delete(file);
        }
    }

    private static ServerFixture start(Path data, InstantSource clock, Path config)
            throws IOException, SettingsException {
        Flags flags = Flags.parse(List.of(
                "--config",
                config.toString(),
                "--data",
                data.toString(),
                "--http",
                "127.0.0.1:0",
                "--https",
                "127.0.0.1:0",
                "--media",
                "127.0.0.1:0"));
        Settings settings = SettingsReader.read(flags);
        return new ServerFixture(Server.start(settings, clock));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.httpPort() + path))
                .timeout(Duration.ofSeconds(30));
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path, String bearer) throws IOException, InterruptedException {
        return send(request(path).header("Authorization", "Bearer " + bearer));
    }

    HttpResponse<String> post(String path, String bearer, String type, String body)
            throws IOException, InterruptedException {
        return send(request(path)
                .header("Authorization", "Bearer " + bearer)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** What {@code POST /api/consults} answers. */
    record Created(String id, String doctorToken, String patientToken) {}

    Created create() throws IOException, InterruptedException {
        return create("{\"patientName\":\"Zainab\"}");
    }

    /** @param wishes JSON of {@code POST /api/consults} */
    Created create(String wishes) throws IOException, InterruptedException {
        var json = Json.mapper()
                .readTree(post("/api/consults", server.clinicKey(), "application/json", wishes)
                        .body());
        return new Created(
                json.path("id").asText(),
                json.path("doctorToken").asText(),
                json.path("patientToken").asText());
    }

    /** HTTP/2 over TLS; the server's own certificate is accepted as it is. */
    static HttpClient http2() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_2)
                .sslContext(context)
                .build();
    }

    @Override
    public void close() {
        server.close();
    }

    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
