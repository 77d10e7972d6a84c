package org.raabta.bench.bot;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a bot is told on its command line.
 *
 * @param legs  where to join and as whom; empty to negotiate over standard input and output with another bot
 * @param hz    the tone to send
 */
record BotOptions(Optional<Legs> legs, double hz) {
    private static final Set<String> KNOWN = Set.of("--server", "--token", "--tone");

    /**
     * @param server base URL of the server
     * @param token  the leg's token
     */
    record Legs(URI server, String token) {}

    /** @throws IllegalArgumentException naming what is wrong */
    static BotOptions parse(String[] args) {
        Map<String, String> given = new HashMap<>();
        for (List<String> rest = List.of(args); !rest.isEmpty(); rest = rest.subList(2, rest.size())) {
            if (!KNOWN.contains(rest.get(0)) || rest.size() < 2) {
                throw new IllegalArgumentException("expected [--server URL --token TOKEN] [--tone HZ]");
            }
            given.put(rest.get(0), rest.get(1));
        }
        @Nullable String server = given.get("--server");
        @Nullable String token = given.get("--token");
        if ((server == null) != (token == null)) {
            throw new IllegalArgumentException("--server and --token belong together");
        }
        double hz = Double.parseDouble(given.getOrDefault("--tone", "997"));
        return new BotOptions(
                server == null || token == null ? Optional.empty() : Optional.of(new Legs(URI.create(server), token)),
                hz);
    }
}
