package org.raabta.bench.live;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.raabta.bench.emulator.Way;

/** Our own server's event log of the call (docs/operations.md): what it believed of the patient's link, and what it did. */
final class ServerEvents {
    static final String NAME = "events.jsonl";

    private final List<JsonNode> lines;

    private ServerEvents(List<JsonNode> lines) {
        this.lines = lines;
    }

    static ServerEvents none() {
        return new ServerEvents(List.of());
    }

    /** The log of the only consultation below {@code data} that has one; kept beside the result in {@code out}. */
    static ServerEvents keep(Path data, Path out) throws IOException {
        Path folder = data.resolve("events");
        if (!Files.isDirectory(folder)) {
            return none();
        }
        List<JsonNode> lines = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.jsonl")) {
            for (Path file : files) {
                List<String> read = Files.readAllLines(file);
                if (read.size() > lines.size()) {
                    lines = parse(read);
                    Files.createDirectories(out);
                    Files.write(out.resolve(NAME), read);
                }
            }
        }
        return new ServerEvents(lines);
    }

    /** A line that a killed server left half-written is left out. */
    private static List<JsonNode> parse(List<String> read) {
        ObjectMapper mapper = new ObjectMapper();
        List<JsonNode> parsed = new ArrayList<>();
        for (String line : read) {
            try {
                parsed.add(mapper.readTree(line));
            } catch (JsonProcessingException e) {
                break;
            }
        }
        return parsed;
    }

    /** What the server believed of the patient's link, by time in milliseconds since 1970. */
    NavigableMap<Double, Double> estimatesKbps(Way way) {
        NavigableMap<Double, Double> estimates = new TreeMap<>();
        for (JsonNode line : lines) {
            if (!line.path("e").asText().equals("sample")) {
                continue;
            }
            for (JsonNode leg : line.path("legs")) {
                JsonNode figure = leg.path(way == Way.UP ? "upEst" : "downEst");
                if (leg.path("role").asText().equals("patient") && figure.isNumber()) {
                    estimates.put(line.path("at").asDouble(), figure.asDouble());
                }
            }
        }
        return estimates;
    }
}
