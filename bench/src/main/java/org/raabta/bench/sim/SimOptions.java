package org.raabta.bench.sim;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.raabta.adapter.Rung;
import org.raabta.bench.link.Link;
import org.raabta.bench.link.LinkFileException;
import org.raabta.bench.link.Links;
import org.raabta.bench.link.UnknownLinkException;
import org.raabta.bench.sim.model.Plan;
import org.raabta.bench.sim.model.Scenario;

/** What {@code bench sim} was asked for: the run, and the directory that its result goes into. */
record SimOptions(Plan plan, Path out) {
    static final String USAGE =
            "usage: bench sim --link NAME|FILE [--scenario talk|half-talk] [--seconds N] [--seed N] [--pin RUNG] --out DIR";

    private static final int USUAL_SECONDS = 120;
    private static final int MOST_SECONDS = 3600;
    private static final Set<String> KNOWN = Set.of("--link", "--scenario", "--seconds", "--seed", "--pin", "--out");

    /** The command line is wrong; the message is one line for its writer. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }

    /** @throws UsageException naming what is unknown, repeated, missing or wrong, and listing what is known */
    static SimOptions parse(List<String> arguments) throws UsageException {
        Map<String, String> given = given(arguments);
        @Nullable String pin = given.get("--pin");
        Plan plan = new Plan(
                link(needed(given, "--link")),
                one("--scenario", given.getOrDefault("--scenario", "talk"), Scenario.values(), Scenario::label),
                (int) number(given, "--seconds", USUAL_SECONDS, 1, MOST_SECONDS),
                number(given, "--seed", 1, 0, Long.MAX_VALUE),
                pin == null ? Optional.empty() : Optional.of(one("--pin", pin, Rung.values(), Rung::label)));
        return new SimOptions(plan, path("--out", needed(given, "--out")));
    }

    private static Map<String, String> given(List<String> arguments) throws UsageException {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < arguments.size(); i += 2) {
            String flag = arguments.get(i);
            if (!KNOWN.contains(flag)) {
                throw new UsageException("unknown option " + flag + "; known are "
                        + KNOWN.stream().sorted().collect(Collectors.joining(", ")));
            }
            if (i + 1 == arguments.size()) {
                throw new UsageException(flag + " needs a value");
            }
            if (given.put(flag, arguments.get(i + 1)) != null) {
                throw new UsageException(flag + " is given twice");
            }
        }
        return given;
    }

    private static String needed(Map<String, String> given, String flag) throws UsageException {
        @Nullable String value = given.get(flag);
        if (value == null) {
            throw new UsageException(flag + " is missing");
        }
        return value;
    }

    private static <T> T one(String flag, String value, T[] choices, Function<T, String> label) throws UsageException {
        for (T choice : choices) {
            if (label.apply(choice).equals(value)) {
                return choice;
            }
        }
        throw new UsageException(
                flag + ": known are " + Arrays.stream(choices).map(label).collect(Collectors.joining(", ")));
    }

    private static long number(Map<String, String> given, String flag, long otherwise, long least, long most)
            throws UsageException {
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

    private static Link link(String nameOrFile) throws UsageException {
        try {
            Path file = path("--link", nameOrFile);
            Link link = Files.isRegularFile(file) ? Links.ofFile(file) : Links.shipped(nameOrFile);
            if (link.udpBlocked()) {
                throw new UsageException("--link: media over TCP is not simulated, and this link lets no UDP pass");
            }
            return link;
        } catch (UnknownLinkException | LinkFileException e) {
            throw new UsageException("--link: " + e.getMessage());
        } catch (IOException e) {
            throw new UsageException("--link: the file cannot be read");
        }
    }

    private static Path path(String flag, String text) throws UsageException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new UsageException(flag + ": not a path");
        }
    }
}
