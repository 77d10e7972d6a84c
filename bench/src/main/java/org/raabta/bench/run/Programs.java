package org.raabta.bench.run;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What programs say about themselves. */
public final class Programs {
    private static final long SHORT_SECONDS = 20;

    private Programs() {}

    /** Of this program, as its jar says; empty outside of one. */
    public static Optional<String> version() {
        Properties properties = new Properties();
        try (@Nullable
                InputStream in =
                        Programs.class.getResourceAsStream("/META-INF/maven/org.raabta/bench/pom.properties")) {
            if (in != null) {
                properties.load(in);
            }
        } catch (IOException e) {
            return Optional.empty();
        }
        return Optional.ofNullable(properties.getProperty("version"));
    }

    /** Of this repository; empty where there is none, or no git. */
    public static Optional<String> commit() throws InterruptedException {
        return firstLine("git", "rev-parse", "--short", "HEAD");
    }

    /** The first line that a program prints; empty if it fails or is not there. */
    public static Optional<String> firstLine(String... command) throws InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            return Optional.empty();
        }
        try (var lines = process.inputReader()) {
            Optional<String> line = Optional.ofNullable(lines.readLine());
            return process.waitFor(SHORT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0
                    ? line.map(String::strip).filter(l -> !l.isEmpty())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } finally {
            process.destroyForcibly();
        }
    }
}
