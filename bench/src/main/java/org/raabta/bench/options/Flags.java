package org.raabta.bench.options;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.profile.Profile;
import org.raabta.bench.link.Link;
import org.raabta.bench.link.LinkFileException;
import org.raabta.bench.link.Links;
import org.raabta.bench.link.UnknownLinkException;
import org.raabta.signaling.profile.ProfileFiles;
import org.raabta.signaling.profile.UnusableProfileException;

/** Flags with one value each, as {@code --seconds 60}: every method refuses what is wrong by naming the flag. */
public final class Flags {
    private static final String DEFAULT_PROFILE = "default";

    private final Map<String, String> given;

    private Flags(Map<String, String> given) {
        this.given = given;
    }

    /** @throws UsageException naming what is unknown, repeated or without a value, and listing what is known */
    public static Flags read(List<String> arguments, Set<String> known) throws UsageException {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String flag = arguments.get(i);
            if (!known.contains(flag)) {
                throw new UsageException("unknown option " + flag + "; known are "
                        + known.stream().sorted().collect(Collectors.joining(", ")));
            }
            if (i + 1 == arguments.size() || known.contains(arguments.get(i + 1))) {
                throw new UsageException(flag + " needs a value");
            }
            if (given.put(flag, arguments.get(i + 1)) != null) {
                throw new UsageException(flag + " is given twice");
            }
        }
        return new Flags(given);
    }

    /** The choice whose label is given, or {@code otherwise} if the flag is not. */
    public <T> T one(String flag, List<T> choices, Function<T, String> label, T otherwise) throws UsageException {
        return one(flag, choices, label).orElse(otherwise);
    }

    /** The choice whose label is given; empty if the flag is not. */
    public <T> Optional<T> one(String flag, List<T> choices, Function<T, String> label) throws UsageException {
        @Nullable String value = given.get(flag);
        if (value == null) {
            return Optional.empty();
        }
        for (T choice : choices) {
            if (label.apply(choice).equals(value)) {
                return Optional.of(choice);
            }
        }
        throw new UsageException(
                flag + ": known are " + choices.stream().map(label).collect(Collectors.joining(", ")));
    }

    /** A whole number within bounds, or {@code otherwise} if the flag is not given. */
    public long number(String flag, long otherwise, long least, long most) throws UsageException {
        @Nullable String value = given.get(flag);
        if (value == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new UsageException(flag + " must be a whole number from " + least + " to " + most);
    }

    /** The link in the file of this name, else the shipped one. */
    public Link link(String flag) throws UsageException {
        Path file = path(flag);
        try {
            if (Files.isRegularFile(file)) {
                return Links.ofFile(file);
            }
            String name = needed(flag);
            if (name.indexOf('/') >= 0) {
                throw new UsageException(flag + ": there is no file " + file);
            }
            return Links.shipped(name);
        } catch (UnknownLinkException | LinkFileException e) {
            throw new UsageException(flag + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UsageException(flag + ": the file cannot be read");
        }
    }

    /** The profile of this name or in this file; the default one if the flag is not given. */
    public GivenProfile profile(String flag) throws UsageException {
        String source = given.getOrDefault(flag, DEFAULT_PROFILE);
        if (!Profile.SHIPPED.contains(source)) {
            source = path(flag).toString();
        }
        try {
            return new GivenProfile(source, ProfileFiles.read(source));
        } catch (UnusableProfileException e) {
            throw new UsageException(flag + ": " + e.getMessage());
        }
    }

    /** A path that has to be given, of the caller's folder if it is relative. */
    public Path path(String flag) throws UsageException {
        try {
            return CallerFolder.resolve(needed(flag));
        } catch (InvalidPathException e) {
            throw new UsageException(flag + ": not a path");
        }
    }

    private String needed(String flag) throws UsageException {
        @Nullable String value = given.get(flag);
        if (value == null) {
            throw new UsageException(flag + " is missing");
        }
        return value;
    }
}
