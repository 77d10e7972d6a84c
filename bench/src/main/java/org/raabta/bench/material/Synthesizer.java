package org.raabta.bench.material;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.raabta.bench.score.Recording;

/** Speaks sentences by the program espeak-ng (Debian's package of that name); what it speaks is free to use. */
public final class Synthesizer {
    static final int RATE_HZ = 48_000;
    private static final long LIMIT_SECONDS = 30;

    private final String program;

    public Synthesizer() {
        this("espeak-ng");
    }

    Synthesizer(String program) {
        this.program = program;
    }

    /**
     * One sentence at 48 kHz.
     *
     * @throws IOException saying which package to install, if the program is not there
     */
    public Recording speak(Voice voice, String sentence) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(
                            program,
                            "-v",
                            voice.espeakName(),
                            "-s",
                            Integer.toString(voice.wordsPerMinute()),
                            "--stdout",
                            "--",
                            sentence)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IOException("speech needs the program espeak-ng (Debian: apt-get install espeak-ng)", e);
        }
        try {
            CompletableFuture<byte[]> output = CompletableFuture.supplyAsync(() -> readAll(process.getInputStream()));
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("espeak-ng did not finish within " + LIMIT_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw new IOException(
                        "espeak-ng failed with status " + process.exitValue() + " for voice " + voice.espeakName());
            }
            return WavFile.parse(output.join()).atRate(RATE_HZ);
        } finally {
            process.destroyForcibly();
        }
    }

    private static byte[] readAll(InputStream in) {
        try (in) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
