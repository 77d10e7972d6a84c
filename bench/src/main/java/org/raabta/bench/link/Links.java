package org.raabta.bench.link;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The links that ship, and those that users bring as files. */
public final class Links {
    /** In the order in which they are listed: from thin to thick, then the special ones. */
    private static final List<String> SHIPPED = List.of(
            "gprs-rural",
            "gprs-urban",
            "gprs-thin",
            "gprs-lossy",
            "gprs-good",
            "edge-congested",
            "edge-avg",
            "edge-lossy",
            "umts-r99",
            "hspa-avg",
            "hspa-lossy",
            "lte-congested",
            "clean-fast",
            "loss-20",
            "cliff",
            "fallback-drive",
            "outage-15",
            "outage-30",
            "outage-60",
            "udp-blocked");

    private Links() {}

    public static List<Link> shipped() {
        return SHIPPED.stream().map(Links::shipped).toList();
    }

    /**
     * The shipped link of this name.
     *
     * @throws UnknownLinkException listing the known ones, if there is none
     */
    public static Link shipped(String name) {
        String file = name + ".conf";
        if (!SHIPPED.contains(name)) {
            throw new UnknownLinkException("unknown link; known are " + String.join(", ", SHIPPED));
        }
        try (@Nullable InputStream in = Links.class.getResourceAsStream("/links/" + file)) {
            if (in == null) {
                throw new IllegalStateException("listed but not shipped: " + file);
            }
            return read(name, file, new InputStreamReader(in, StandardCharsets.UTF_8), Path.of(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A user's own file. @throws LinkFileException naming file, line and key */
    public static Link ofFile(Path file) throws IOException {
        String fileName = String.valueOf(file.getFileName());
        try (Reader text = Files.newBufferedReader(file)) {
            return read(
                    fileName.replaceFirst("\\.conf$", ""),
                    fileName,
                    text,
                    file.toAbsolutePath().resolveSibling(""));
        }
    }

    private static Link read(String name, String origin, Reader text, Path directory) {
        return new LinkReader(Links::shipped, directory).read(name, origin, text);
    }
}
