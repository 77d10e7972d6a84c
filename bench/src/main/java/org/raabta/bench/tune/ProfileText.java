package org.raabta.bench.tune;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.raabta.adapter.profile.Profile;
import org.raabta.adapter.profile.ProfileException;
import org.raabta.bench.options.CallerFolder;
import org.raabta.bench.options.UsageException;

/** A profile as it is written, of which single values can be replaced: what is wrong is named by its key. */
record ProfileText(String name, String text) {
    private static final String SUFFIX = ".profile";

    /** A shipped one by its name, or a file. */
    static ProfileText read(String nameOrFile) throws UsageException {
        try {
            if (!Profile.SHIPPED.contains(nameOrFile)) {
                Path file = CallerFolder.resolve(nameOrFile);
                String name = String.valueOf(file.getFileName()).replaceFirst("\\" + SUFFIX + "$", "");
                return new ProfileText(name, Files.readString(file));
            }
            try (InputStream in = Profile.class.getResourceAsStream(nameOrFile + SUFFIX)) {
                if (in == null) {
                    throw new IOException(nameOrFile);
                }
                return new ProfileText(nameOrFile, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException | java.nio.file.InvalidPathException e) {
            throw new UsageException("--profile: neither a readable file nor one of " + Profile.SHIPPED);
        }
    }

    /** With these values in place of its own. */
    ProfileText with(Map<String, String> settings) throws UsageException {
        String changed = text;
        for (Map.Entry<String, String> setting : settings.entrySet()) {
            Matcher line = line(setting.getKey()).matcher(changed);
            if (!line.find()) {
                throw new UsageException(setting.getKey() + ": the profile " + name + " has no such key");
            }
            changed = changed.substring(0, line.start(2)) + setting.getValue() + changed.substring(line.end(2));
        }
        return new ProfileText(name, changed);
    }

    /** The value of {@code key} with its unit. */
    String value(String key) throws UsageException {
        Matcher line = line(key).matcher(text);
        if (!line.find()) {
            throw new UsageException(key + ": the profile " + name + " has no such key");
        }
        return line.group(2);
    }

    Profile parsed() throws UsageException {
        try {
            return Profile.parse(name, text);
        } catch (ProfileException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static Pattern line(String key) {
        return Pattern.compile("(?m)^(" + Pattern.quote(key) + "\\s*=\\s*)([^#\\n]*?)(\\s*(#.*)?)$");
    }
}
