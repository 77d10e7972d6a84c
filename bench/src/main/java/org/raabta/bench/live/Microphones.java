package org.raabta.bench.live;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.raabta.bench.material.WavFile;
import org.raabta.bench.score.Recording;

/**
 * Keeps both people in one conversation. A browser begins to play its microphone's file when the page opens the microphone,
 * and reads it only then: so the patient's file is written anew, from where the doctor's has got to by now.
 */
final class Microphones {
    /** From here until the patient's page has its microphone, roughly. */
    private static final double CLICK_TO_OPEN_MS = 250;

    private final Path patientFile;
    private final Recording whole;

    Microphones(Path patientFile) throws IOException {
        this.patientFile = patientFile;
        this.whole = WavFile.read(patientFile);
    }

    void inStep(Driver doctor) throws IOException {
        double openedMs = doctor.events().stream()
                .filter(e -> e.is("microphone"))
                .mapToDouble(Driver.Event::atMs)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the doctor's microphone is not open"));
        int from = whole.indexAt(System.currentTimeMillis() + CLICK_TO_OPEN_MS - openedMs);
        float[] rest = from < whole.samples().length
                ? Arrays.copyOfRange(whole.samples(), from, whole.samples().length)
                : new float[0];
        WavFile.write(patientFile, new Recording(rest, whole.rateHz(), 0));
    }
}
