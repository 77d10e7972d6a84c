package org.raabta.bench.live;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.raabta.bench.netns.Lab;
import org.raabta.bench.netns.Namespace;

/** Starts the system whose call is held, in the server namespace. */
final class Servers {
    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final int PORT = 8443;
    private static final int PLAIN_PORT = 8080;
    private static final int MEDIA_PORT = 9000;
    private static final int JANUS_PORT = 8989;

    private final Namespace where;
    private final Path scripts;
    private final Path work;
    private final Authority authority;

    /**
     * A system that serves.
     *
     * @param doctorJoins whether the doctor presses a button before being present
     */
    record Running(String patientUrl, String doctorUrl, boolean doctorJoins, List<ServerProcess> processes)
            implements AutoCloseable {
        @Override
        public void close() {
            processes.forEach(ServerProcess::close);
        }
    }

    /** @param work a directory of this run, which it may write into */
    Servers(Namespace where, Path scripts, Path work, Authority authority) {
        this.where = where;
        this.scripts = scripts;
        this.work = work;
        this.authority = authority;
    }

    Running start(LiveOptions.SystemKind system, String profile) throws IOException, InterruptedException {
        return switch (system) {
            case RAABTA -> raabta(profile);
            case P2P -> page("p2p");
            case JANUS -> janus();
        };
    }

    private Running raabta(String profile) throws IOException, InterruptedException {
        Path settings = work.resolve("serve.conf");
        Files.writeString(
                settings,
                "https { certificate = \"" + authority.chain() + "\", key = \"" + authority.key() + "\" }\n"
                        + "media { loops = 1 }\n");
        ServerProcess server = ServerProcess.start(
                where,
                "the server",
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.raabta.signaling.Main",
                        "--demo",
                        "--config",
                        settings.toString(),
                        "--data",
                        work.resolve("data").toString(),
                        "--http",
                        Lab.SERVER_ADDRESS + ":" + PLAIN_PORT,
                        "--https",
                        Lab.SERVER_ADDRESS + ":" + PORT,
                        "--profile",
                        profile,
                        "--media",
                        Lab.SERVER_ADDRESS + ":" + MEDIA_PORT),
                work.resolve("server.log"));
        try {
            Map<String, String> said = server.await(List.of("ready", "doctor", "patient"), START_LIMIT);
            return new Running(
                    said.getOrDefault("patient", ""), said.getOrDefault("doctor", ""), false, List.of(server));
        } catch (IOException | InterruptedException e) {
            server.close();
            throw e;
        }
    }

    /** A page of the bench's own, and a room through which two of them signal. */
    private Running page(String name) throws IOException, InterruptedException {
        ServerProcess server = ServerProcess.start(
                where,
                "the page's server",
                List.of(
                        "node",
                        scripts.resolve("serve.mjs").toString(),
                        Lab.SERVER_ADDRESS,
                        Integer.toString(PORT),
                        scripts.resolve(name).resolve("index.html").toString(),
                        authority.chain().toString(),
                        authority.key().toString()),
                work.resolve("page-server.log"));
        try {
            String base = server.await(List.of("ready"), START_LIMIT).getOrDefault("ready", "");
            return new Running(base, base + "?role=doctor", true, List.of(server));
        } catch (IOException | InterruptedException e) {
            server.close();
            throw e;
        }
    }

    private Running janus() throws IOException, InterruptedException {
        Path configuration = JanusFiles.write(work.resolve("janus"), janusLibraries(), authority, JANUS_PORT);
        ServerProcess janus = ServerProcess.start(
                where,
                "janus",
                List.of(
                        "janus",
                        "--config=" + configuration.resolve("janus.jcfg"),
                        "--configs-folder=" + configuration,
                        "--disable-colors"),
                work.resolve("janus.log"));
        try {
            janus.awaitPort(where, Lab.SERVER_ADDRESS, JANUS_PORT, START_LIMIT);
            Running page = page("janus");
            return new Running(
                    page.patientUrl(),
                    page.doctorUrl(),
                    true,
                    List.of(page.processes().get(0), janus));
        } catch (IOException | InterruptedException e) {
            janus.close();
            throw e;
        }
    }

    /** Where Debian's package put plugins and transports. */
    private static Path janusLibraries() throws IOException {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-gnu*")) {
            for (Path architecture : found) {
                Path libraries = architecture.resolve("janus");
                if (Files.isDirectory(libraries.resolve("plugins"))) {
                    return libraries;
                }
            }
        }
        throw new IOException("Janus is not installed (Debian: apt-get install janus)");
    }
}
