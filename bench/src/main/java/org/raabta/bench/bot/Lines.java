package org.raabta.bench.bot;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A bot's side of the conversation with whoever started it: one JSON object a line, both ways. */
final class Lines {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    /** From any thread. */
    synchronized void say(Map<String, Object> line) {
        try {
            System.out.println(JSON.writeValueAsString(line));
            System.out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The {@code sdp} of the next line. */
    String readSdp() throws IOException {
        @Nullable String line = in.readLine();
        if (line == null) {
            throw new IOException("standard input ended where an SDP was expected");
        }
        return JSON.readTree(line).required("sdp").asText();
    }

    /** Returns when standard input ends: whoever started the bot is gone or wants it to leave. */
    void awaitEnd() throws IOException {
        while (in.readLine() != null) {
            // Nothing is said to a bot once it runs.
        }
    }
}
