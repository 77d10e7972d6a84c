package org.raabta.bench.report;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Reads and writes {@code result.json}. The same result gives the same bytes. */
public final class ResultFile {
    public static final String NAME = "result.json";

    private static final int DECIMALS = 4;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new SimpleModule()
                    .addSerializer(Double.class, new Rounded())
                    .addSerializer(double.class, new Rounded()))
            .defaultPrettyPrinter(new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultIndenter(" ", "\n"))
                    .withArrayIndenter(DefaultPrettyPrinter.NopIndenter.instance))
            .build();

    private ResultFile() {}

    /** Into {@code directory}, as a whole or not at all. */
    public static void write(Path directory, RunResult result) throws IOException {
        Files.createDirectories(directory);
        Path half = directory.resolve(NAME + ".part");
        Files.writeString(half, toJson(result), StandardCharsets.UTF_8);
        Files.move(half, directory.resolve(NAME), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * The result of the run that was written into {@code directory}.
     *
     * @throws IOException with one line that says what is wrong with which file
     */
    public static RunResult read(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        try {
            return fromJson(Files.readString(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException e) {
            throw new IOException(directory + " holds no " + NAME, e);
        } catch (IOException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    public static String toJson(RunResult result) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a figure cannot be written: " + e.getOriginalMessage(), e);
        }
    }

    static RunResult fromJson(String text) throws IOException {
        try {
            JsonNode tree = JSON.readTree(text);
            JsonNode schema = tree.path("schema");
            if (schema.asInt() != RunResult.SCHEMA) {
                throw new IOException("schema is " + (schema.isInt() ? schema.asInt() : "missing")
                        + ", this bench reads " + RunResult.SCHEMA);
            }
            for (String needed : new String[] {"system", "link", "scenario", "seconds", "directions"}) {
                if (!tree.hasNonNull(needed)) {
                    throw new IOException(needed + " is missing");
                }
            }
            return JSON.treeToValue(tree, RunResult.class);
        } catch (JsonProcessingException e) {
            throw new IOException("not a result: " + e.getOriginalMessage(), e);
        }
    }

    /** Four decimals are more than any figure here is worth. What is not a number is a bug of whoever computed it. */
    private static final class Rounded extends JsonSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator out, SerializerProvider provider) throws IOException {
            if (!Double.isFinite(value)) {
                throw new com.fasterxml.jackson.core.JsonGenerationException("not a finite number", out);
            }
            BigDecimal rounded = BigDecimal.valueOf(value)
                    .setScale(DECIMALS, RoundingMode.HALF_UP)
                    .stripTrailingZeros();
            out.writeNumber(rounded.scale() < 0 ? rounded.setScale(0) : rounded);
        }
    }
}
