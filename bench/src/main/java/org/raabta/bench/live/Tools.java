package org.raabta.bench.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What a live run needs of the machine beyond Java, found before anything is started. */
final class Tools {
    private static final long INSTALL_SECONDS = 300;

    private Tools() {}

    /** @throws IOException naming all that is missing and the packages that bring it */
    static void require(LiveOptions options, Path scripts) throws IOException, InterruptedException {
        List<String> missing = missing(options.system(), options.doctor(), path());
        if (!missing.isEmpty()) {
            throw new IOException("missing: " + String.join(", ", missing));
        }
        if (!Files.isDirectory(scripts.resolve("node_modules"))) {
            install(scripts);
        }
    }

    /** What of the programs for this system and the doctor's browser is in none of the directories of {@code path}. */
    static List<String> missing(LiveOptions.SystemKind system, Browser doctor, String path) {
        List<String> missing = new ArrayList<>();
        need("node", "nodejs", missing, path);
        need(Browser.CHROMIUM, missing, path);
        if (doctor != Browser.CHROMIUM) {
            need(doctor, missing, path);
        }
        need("certutil", "libnss3-tools", missing, path);
        need("espeak-ng", "espeak-ng", missing, path);
        need("nsenter", "util-linux", missing, path);
        if (system == LiveOptions.SystemKind.JANUS) {
            need("janus", "janus", missing, path);
        }
        return missing;
    }

    private static String path() {
        return System.getenv().getOrDefault("PATH", "");
    }

    private static void need(String program, String packageName, List<String> missing, String path) {
        if (find(program, path).isEmpty()) {
            missing.add(program + " (Debian: apt-get install " + packageName + ")");
        }
    }

    private static void need(Browser browser, List<String> missing, String path) {
        if (find(browser, path).isEmpty()) {
            String program = browser.programs().get(0);
            need(program, program, missing, path);
        }
    }

    /** @throws IOException if it is gone since {@link #require} */
    static Path find(Browser browser) throws IOException {
        return find(browser, path()).orElseThrow(() -> new IOException(browser.title() + " is missing"));
    }

    private static Optional<Path> find(Browser browser, String path) {
        return browser.programs().stream()
                .flatMap(program -> find(program, path).stream())
                .findFirst();
    }

    private static Optional<Path> find(String program, String path) {
        for (String directory : path.split(":", -1)) {
            Path file = Path.of(directory, program);
            if (Files.isExecutable(file)) {
                return Optional.of(file);
            }
        }
        return Optional.empty();
    }

    private static void install(Path scripts) throws IOException, InterruptedException {
        Process npm = new ProcessBuilder("npm", "ci", "--silent", "--no-audit", "--no-fund")
                .directory(scripts.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (!npm.waitFor(INSTALL_SECONDS, TimeUnit.SECONDS) || npm.exitValue() != 0) {
            npm.destroyForcibly();
            throw new IOException("npm ci in " + scripts + " failed");
        }
    }
}
