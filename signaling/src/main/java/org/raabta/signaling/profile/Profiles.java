package org.raabta.signaling.profile;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.raabta.adapter.profile.Profile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The profiles of one deployment: its own, and those that a consultation may ask for. Files are read when a consultation
 * begins, so that a change needs no restart; while a file is broken, the last good reading of it serves.
 */
public final class Profiles {
    private static final Logger LOG = LoggerFactory.getLogger(Profiles.class);

    private final String byDefault;
    private final Path directory;
    /** By the name or path they were asked for; those that never worked are not in it. */
    private final Map<String, Profile> lastGood = new ConcurrentHashMap<>();

    /**
     * @param byDefault a shipped profile's name, or a file
     * @param directory of more profiles that consultations may ask for by name; may be missing
     */
    public Profiles(String byDefault, Path directory) throws UnusableProfileException {
        this.byDefault = byDefault;
        this.directory = directory;
        this.lastGood.put(byDefault, ProfileFiles.read(byDefault));
    }

    /** What a consultation that begins now runs with. Blocks on the disk. */
    public Profile current(Optional<String> wanted) {
        String name = wanted.orElse(byDefault);
        try {
            Profile profile = wanted.isPresent() ? ProfileFiles.named(name, directory) : ProfileFiles.read(name);
            lastGood.put(name, profile);
            return profile;
        } catch (UnusableProfileException e) {
            Profile good = lastGood.get(name);
            LOG.error(
                    "profile {}; {} serves",
                    e.getMessage(),
                    good == null ? "the deployment's profile" : "the last good reading");
            return good == null ? Objects.requireNonNull(lastGood.get(byDefault)) : good;
        }
    }

    /** What is wrong with asking for {@code name}, in a line for whoever asked; empty if nothing is. */
    public CompletionStage<Optional<String>> refusal(String name) {
        if (Profile.SHIPPED.contains(name)) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return CompletableFuture.supplyAsync(() -> {
            List<String> known = ProfileFiles.names(directory);
            if (!known.contains(name)) {
                return Optional.of("unknown; known are " + String.join(", ", known));
            }
            try {
                lastGood.put(name, ProfileFiles.named(name, directory));
                return Optional.empty();
            } catch (UnusableProfileException e) {
                return Optional.of(String.valueOf(e.getMessage()));
            }
        });
    }
}
