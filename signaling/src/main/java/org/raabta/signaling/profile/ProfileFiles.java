package org.raabta.signaling.profile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.raabta.adapter.profile.Profile;
import org.raabta.adapter.profile.ProfileException;

/** Finds and reads profiles: shipped ones by name, others as files. Blocks, and is therefore never called on an event loop. */
public final class ProfileFiles {
    private static final String SUFFIX = ".profile";
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,40}");
    /** A profile has some 5 KB: what is much larger is something else. */
    private static final long MOST_BYTES = 256 * 1024;

    private ProfileFiles() {}

    /** A shipped profile by its name, or any file by its path. */
    public static Profile read(String nameOrFile) throws UnusableProfileException {
        if (Profile.SHIPPED.contains(nameOrFile)) {
            return parse(nameOrFile, nameOrFile, shipped(nameOrFile));
        }
        Path file = path(nameOrFile);
        if (!Files.isRegularFile(file)) {
            throw new UnusableProfileException(
                    printable(nameOrFile) + ": no such file, and the names are " + String.join(", ", Profile.SHIPPED));
        }
        String source = file.getFileName().toString();
        boolean usual = source.length() > SUFFIX.length() && source.endsWith(SUFFIX);
        String name = usual ? source.substring(0, source.length() - SUFFIX.length()) : source;
        return parse(name, source, text(file));
    }

    /** A shipped profile by its name, or {@code NAME.profile} in {@code directory}; never any other file. */
    static Profile named(String name, Path directory) throws UnusableProfileException {
        return Profile.SHIPPED.contains(name)
                ? read(name)
                : read(directory.resolve(name + SUFFIX).toString());
    }

    /** The names that {@link #named} takes: those that are shipped, then those of {@code directory}. */
    static List<String> names(Path directory) {
        TreeSet<String> own = new TreeSet<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
                for (Path file : files) {
                    String name = file.getFileName().toString();
                    own.add(name.substring(0, name.length() - SUFFIX.length()));
                }
            } catch (IOException | DirectoryIteratorException e) {
                // What cannot be listed is not offered; asking for it by name says that it is unknown.
                own.clear();
            }
        }
        List<String> names = new ArrayList<>(Profile.SHIPPED);
        own.stream()
                .filter(name -> NAME.matcher(name).matches() && !names.contains(name))
                .forEach(names::add);
        return names;
    }

    /** @param source what a refusal names */
    private static Profile parse(String name, String source, String text) throws UnusableProfileException {
        try {
            return Profile.parse(name, text);
        } catch (ProfileException e) {
            String where = e.line() > 0 ? ", line " + e.line() : "";
            String key = e.key().isEmpty() ? "" : ", " + e.key();
            throw new UnusableProfileException(printable(source + where + key + ": " + e.problem()));
        }
    }

    private static String shipped(String name) {
        try (InputStream in = Profile.class.getResourceAsStream(name + SUFFIX)) {
            if (in == null) {
                throw new IllegalStateException("shipped without its profile " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read a resource of our own", e);
        }
    }

    private static String text(Path file) throws UnusableProfileException {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new UnusableProfileException(printable(file.toString()) + ": too large");
            }
            return Files.readString(file);
        } catch (IOException e) {
            throw new UnusableProfileException(printable(file.toString()) + ": cannot be read as text");
        }
    }

    private static Path path(String text) throws UnusableProfileException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UnusableProfileException("not a name and not a path");
        }
    }

    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }
}
