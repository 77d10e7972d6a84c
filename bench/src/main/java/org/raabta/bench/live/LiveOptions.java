package org.raabta.bench.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.raabta.adapter.Rung;
import org.raabta.bench.link.Link;
import org.raabta.bench.link.LinkFileException;
import org.raabta.bench.link.Links;
import org.raabta.bench.link.UnknownLinkException;
import org.raabta.bench.material.Conversation;

/**
 * What a live run was asked for.
 *
 * @param seconds from the doctor's admit to the end
 * @param pin     the rung that the doctor holds the patient's direction on
 */
public record LiveOptions(
        Link link, SystemKind system, Scenario scenario, Optional<Rung> pin, int seconds, long seed, Path out) {

    /** Whose call is held. */
    public enum SystemKind {
        RAABTA,
        P2P,
        JANUS;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What happens in the call. */
    public enum Scenario {
        /** Both speak all the time. */
        TALK("talk", Conversation.Manner.TALK, 60),
        /** They take turns. */
        HALF_TALK("half-talk", Conversation.Manner.HALF_TALK, 60),
        /** The join is what matters: a phone that was never here. */
        VISIT1("visit1", Conversation.Manner.TALK, 15),
        /** The same phone again. */
        VISIT2("visit2", Conversation.Manner.TALK, 15);

        private final String label;
        private final Conversation.Manner manner;
        private final int usualSeconds;

        Scenario(String label, Conversation.Manner manner, int usualSeconds) {
            this.label = label;
            this.manner = manner;
            this.usualSeconds = usualSeconds;
        }

        public String label() {
            return label;
        }

        Conversation.Manner manner() {
            return manner;
        }
    }

    /** The command line is wrong; the message is one line for its writer. */
    public static final class UsageException extends Exception {
        private static final long serialVersionUID = 1;

        UsageException(String message) {
            super(message);
        }
    }

    private static final int MOST_SECONDS = 3600;
    private static final Set<String> KNOWN =
            Set.of("--link", "--system", "--scenario", "--pin", "--seconds", "--seed", "--out", "--profile");

    /** @throws UsageException naming what is unknown, repeated, missing or wrong, and listing what is known */
    public static LiveOptions parse(List<String> arguments) throws UsageException {
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
        SystemKind system = one("--system", given, List.of(SystemKind.values()), SystemKind::label, SystemKind.RAABTA);
        Scenario scenario = one("--scenario", given, List.of(Scenario.values()), Scenario::label, Scenario.TALK);
        if (given.containsKey("--profile") && !"default".equals(given.get("--profile"))) {
            throw new UsageException("unknown profile; known are default");
        }
        Optional<Rung> pin = given.containsKey("--pin")
                ? Optional.of(one("--pin", given, List.of(Rung.values()), Rung::label, Rung.VIDEO))
                : Optional.empty();
        if (pin.isPresent() && system != SystemKind.RAABTA) {
            throw new UsageException("--pin: only raabta has rungs");
        }
        return new LiveOptions(
                link(needed("--link", given)),
                system,
                scenario,
                pin,
                (int) number("--seconds", given, scenario.usualSeconds, 1, MOST_SECONDS),
                number("--seed", given, 1, 0, Long.MAX_VALUE),
                path("--out", needed("--out", given)));
    }

    private static String needed(String flag, Map<String, String> given) throws UsageException {
        String value = given.get(flag);
        if (value == null) {
            throw new UsageException(flag + " is missing");
        }
        return value;
    }

    private static <T> T one(
            String flag,
            Map<String, String> given,
            List<T> choices,
            java.util.function.Function<T, String> label,
            T otherwise)
            throws UsageException {
        String value = given.get(flag);
        if (value == null) {
            return otherwise;
        }
        for (T choice : choices) {
            if (label.apply(choice).equals(value)) {
                return choice;
            }
        }
        throw new UsageException(
                flag + ": known are " + choices.stream().map(label).collect(Collectors.joining(", ")));
    }

    private static long number(String flag, Map<String, String> given, long otherwise, long least, long most)
            throws UsageException {
        String value = given.get(flag);
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
            return Files.isRegularFile(file) ? Links.ofFile(file) : Links.shipped(nameOrFile);
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

    /** As the report shows them. */
    static String usage() {
        return "usage: ./raabta bench live --link NAME|FILE [--system "
                + Arrays.stream(SystemKind.values()).map(SystemKind::label).collect(Collectors.joining("|"))
                + "] [--scenario "
                + Arrays.stream(Scenario.values()).map(Scenario::label).collect(Collectors.joining("|"))
                + "] [--profile NAME] [--pin RUNG] [--seconds N] [--seed N] --out DIR";
    }
}
