package org.raabta.signaling.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The command line of {@code serve}; what is given here wins over the file. */
public record Flags(
        boolean demo,
        Optional<Path> config,
        Optional<Path> data,
        Optional<HostPort> http,
        Optional<HostPort> https,
        Optional<HostPort> media,
        Optional<String> profile) {

    /** No flags at all. */
    public static final Flags NONE = new Flags(
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** @throws SettingsException naming the flag that is unknown, repeated or has a wrong value */
    public static Flags parse(List<String> args) throws SettingsException {
        Flags flags = NONE;
        Set<String> seen = new HashSet<>();
        Iterator<String> words = args.iterator();
        while (words.hasNext()) {
            String flag = words.next();
            if (!seen.add(flag)) {
                throw new SettingsException(flag + ": given twice");
            }
            if (flag.equals("--demo")) {
                flags = new Flags(true, flags.config, flags.data, flags.http, flags.https, flags.media, flags.profile);
                continue;
            }
            if (!Set.of("--config", "--data", "--http", "--https", "--media", "--profile")
                    .contains(flag)) {
                throw new SettingsException(flag + ": unknown flag");
            }
            if (!words.hasNext()) {
                throw new SettingsException(flag + ": needs a value");
            }
            flags = flags.with(flag, words.next());
        }
        return flags;
    }

    private Flags with(String flag, String value) throws SettingsException {
        try {
            return switch (flag) {
                case "--config" -> new Flags(demo, Optional.of(Path.of(value)), data, http, https, media, profile);
                case "--data" -> new Flags(demo, config, Optional.of(Path.of(value)), http, https, media, profile);
                case "--http" ->
                    new Flags(demo, config, data, Optional.of(HostPort.parse(value)), https, media, profile);
                case "--https" ->
                    new Flags(demo, config, data, http, Optional.of(HostPort.parse(value)), media, profile);
                case "--profile" -> new Flags(demo, config, data, http, https, media, Optional.of(value));
                default -> new Flags(demo, config, data, http, https, Optional.of(HostPort.parse(value)), profile);
            };
        } catch (InvalidPathException e) {
            throw new SettingsException(flag + ": not a path");
        } catch (IllegalArgumentException e) {
            throw new SettingsException(flag + ": " + e.getMessage());
        }
    }
}
