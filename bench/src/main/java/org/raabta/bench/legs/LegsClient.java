package org.raabta.bench.legs;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Joins and leaves over {@code POST /api/legs} (docs/protocol.md, "Standard negotiation"). */
public final class LegsClient {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /**
     * @param location the leg's own resource
     * @param answer   the server's SDP
     */
    public record Joined(URI location, String answer) {}

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final String token;

    public LegsClient(URI server, String token) {
        this.server = server;
        this.token = token;
    }

    public Joined join(String offer) throws IOException, InterruptedException {
        URI resource = server.resolve("/api/legs");
        HttpResponse<String> response = http.send(
                request(resource)
                        .header("Content-Type", "application/sdp")
                        .POST(BodyPublishers.ofString(offer))
                        .build(),
                BodyHandlers.ofString());
        if (response.statusCode() != 201) {
            throw new IOException("POST /api/legs: " + response.statusCode() + " " + response.body());
        }
        String location = response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IOException("POST /api/legs: 201 without Location"));
        return new Joined(resource.resolve(location), response.body());
    }

    public void leave(URI location) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request(location).DELETE().build(), BodyHandlers.ofString());
        if (response.statusCode() != 204) {
            throw new IOException("DELETE of the leg: " + response.statusCode());
        }
    }

    private HttpRequest.Builder request(URI uri) {
        return HttpRequest.newBuilder(uri).timeout(PATIENCE).header("Authorization", "Bearer " + token);
    }
}
