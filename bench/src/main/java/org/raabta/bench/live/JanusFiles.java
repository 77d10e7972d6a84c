package org.raabta.bench.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A configuration for Janus: one video room with the figures of the room that the package ships, over secure WebSockets. */
final class JanusFiles {
    static final int ROOM = 1234;

    private JanusFiles() {}

    /** Writes it into {@code directory} and returns that. Only what is used is loaded. */
    static Path write(Path directory, Path libraries, Authority authority, int port) throws IOException {
        Path plugins = Files.createDirectories(directory.resolve("plugins"));
        Path transports = Files.createDirectories(directory.resolve("transports"));
        Path none = Files.createDirectories(directory.resolve("none"));
        Files.createSymbolicLink(
                plugins.resolve("libjanus_videoroom.so"), libraries.resolve("plugins/libjanus_videoroom.so"));
        Files.createSymbolicLink(
                transports.resolve("libjanus_websockets.so"), libraries.resolve("transports/libjanus_websockets.so"));
        Files.writeString(directory.resolve("janus.jcfg"), """
                general: {
                    plugins_folder = "%1$s"
                    transports_folder = "%2$s"
                    events_folder = "%3$s"
                    loggers_folder = "%3$s"
                    debug_level = 3
                }
                """.formatted(plugins, transports, none));
        Files.writeString(directory.resolve("janus.transport.websockets.jcfg"), """
                general: {
                    json = "compact"
                    ws = false
                    wss = true
                    wss_port = %d
                }
                certificates: {
                    cert_pem = "%s"
                    cert_key = "%s"
                }
                """.formatted(
                        port, authority.chain(), authority.key()));
        Files.writeString(directory.resolve("janus.plugin.videoroom.jcfg"), """
                room-%d: {
                    description = "bench"
                    publishers = 6
                    bitrate = 128000
                    fir_freq = 10
                    record = false
                    notify_joining = true
                }
                """.formatted(ROOM));
        return directory;
    }
}
