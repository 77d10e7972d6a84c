package org.raabta.bench.legs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** What a clinic's software does: creates consultations, admits, ends. */
public final class ClinicClient {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * @param id           of the consultation
     * @param patientToken the patient's credential
     * @param doctorToken  the doctor's
     */
    public record Consultation(String id, String patientToken, String doctorToken) {}

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI server;
    private final String clinicKey;

    public ClinicClient(URI server, String clinicKey) {
        this.server = server;
        this.clinicKey = clinicKey;
    }

    public Consultation create() throws IOException, InterruptedException {
        JsonNode made = JSON.readTree(post("/api/consults", "{}", 201));
        return new Consultation(
                made.required("id").asText(),
                made.required("patientToken").asText(),
                made.required("doctorToken").asText());
    }

    public void admit(Consultation consultation) throws IOException, InterruptedException {
        post("/api/consults/" + consultation.id() + "/admit", "", 204);
    }

    public void end(Consultation consultation) throws IOException, InterruptedException {
        post("/api/consults/" + consultation.id() + "/end", "", 204);
    }

    private String post(String path, String body, int expected) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.resolve(path)).header("Authorization", "Bearer " + clinicKey);
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> response =
                http.send(request.POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
        if (response.statusCode() != expected) {
            throw new IOException("POST " + path + ": " + response.statusCode() + " " + response.body());
        }
        return response.body();
    }
}
