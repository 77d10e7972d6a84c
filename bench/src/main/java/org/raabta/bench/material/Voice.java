package org.raabta.bench.material;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The two people: each has a voice of espeak-ng, things to say, and a face. */
public enum Voice {
    PATIENT(1, "en-gb+f3", 155, "patient.txt"),
    DOCTOR(2, "en-us+m3", 145, "doctor.txt");

    private final int salt;
    private final String name;
    private final int wordsPerMinute;
    private final String sentences;

    Voice(int salt, String name, int wordsPerMinute, String sentences) {
        this.salt = salt;
        this.name = name;
        this.wordsPerMinute = wordsPerMinute;
        this.sentences = sentences;
    }

    /** Makes of one seed another one for each person. */
    long seed(long seed) {
        return seed * 31 + salt;
    }

    /** What espeak-ng calls the voice. */
    String espeakName() {
        return name;
    }

    int wordsPerMinute() {
        return wordsPerMinute;
    }

    public FacePicture.Look look() {
        return switch (this) {
            case PATIENT -> new FacePicture.Look(0xB98A66, 0x241A14, 0x2E6E62, 0xC9C2AE);
            case DOCTOR -> new FacePicture.Look(0x9C6F4E, 0x3A3632, 0xE6E9EC, 0x8FA3B5);
        };
    }

    /** What this person may say, one sentence each. */
    List<String> sentences() {
        try (InputStream in = Voice.class.getResourceAsStream(sentences)) {
            if (in == null) {
                throw new IllegalStateException("missing from the jar: " + sentences);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("cannot be read from the jar: " + sentences, e);
        }
    }
}
