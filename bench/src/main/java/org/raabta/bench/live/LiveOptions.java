package org.raabta.bench.live;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.raabta.adapter.Rung;
import org.raabta.bench.link.Link;
import org.raabta.bench.material.Conversation;
import org.raabta.bench.options.Flags;
import org.raabta.bench.options.GivenProfile;
import org.raabta.bench.options.UsageException;

/**
 * What a live run was asked for.
 *
 * @param doctor  what the doctor uses; the patient's is always Chromium
 * @param profile the ladder of our own system
 * @param seconds from the doctor's admit to the end
 * @param pin     the rung that the doctor holds the call on
 * @param photoAt of {@link Scenario#PHOTO}: seconds after the admit at which the doctor asks
 */
public record LiveOptions(
        Link link,
        SystemKind system,
        Browser doctor,
        Scenario scenario,
        GivenProfile profile,
        Optional<Rung> pin,
        int seconds,
        int photoAt,
        long seed,
        Path out) {

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
        VISIT2("visit2", Conversation.Manner.TALK, 15),
        /** The doctor asks for a photo, and the patient takes it while both speak. */
        PHOTO("photo", Conversation.Manner.TALK, 120),
        /** Held on single pictures, cameras on. */
        STILLS("stills", Conversation.Manner.TALK, 60);

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

        /** Whether it is about how the patient gets there. */
        boolean isVisit() {
            return this == VISIT1 || this == VISIT2;
        }

        Conversation.Manner manner() {
            return manner;
        }
    }

    private static final int PHOTO_AT_SECONDS = 15;
    private static final int MOST_SECONDS = 3600;
    private static final Set<String> KNOWN = Set.of(
            "--link",
            "--system",
            "--doctor",
            "--scenario",
            "--pin",
            "--seconds",
            "--photo-at",
            "--seed",
            "--out",
            "--profile");

    /** @throws UsageException naming what is unknown, repeated, missing or wrong, and listing what is known */
    public static LiveOptions parse(List<String> arguments) throws UsageException {
        Flags flags = Flags.read(arguments, KNOWN);
        SystemKind system = flags.one("--system", List.of(SystemKind.values()), SystemKind::label, SystemKind.RAABTA);
        Browser doctor = flags.one("--doctor", List.of(Browser.values()), Browser::label, Browser.CHROMIUM);
        if (doctor == Browser.FIREFOX && system == SystemKind.JANUS) {
            throw new UsageException("--doctor firefox: with raabta and p2p only");
        }
        Scenario scenario = flags.one("--scenario", List.of(Scenario.values()), Scenario::label, Scenario.TALK);
        Optional<Rung> pin = flags.one("--pin", List.of(Rung.values()), Rung::label);
        if (pin.isPresent() && system != SystemKind.RAABTA) {
            throw new UsageException("--pin: only raabta has rungs");
        }
        boolean beside = scenario == Scenario.PHOTO || scenario == Scenario.STILLS;
        if (beside && system != SystemKind.RAABTA) {
            throw new UsageException("--scenario " + scenario.label() + ": only raabta sends pictures beside the call");
        }
        int seconds = (int) flags.number("--seconds", scenario.usualSeconds, 1, MOST_SECONDS);
        return new LiveOptions(
                flags.link("--link"),
                system,
                doctor,
                scenario,
                flags.profile("--profile"),
                pin.or(() -> scenario == Scenario.STILLS ? Optional.of(Rung.STILLS) : Optional.empty()),
                seconds,
                (int) flags.number("--photo-at", Math.min(PHOTO_AT_SECONDS, seconds / 3), 0, seconds),
                flags.number("--seed", 1, 0, Long.MAX_VALUE),
                flags.path("--out"));
    }

    /** As the report shows them. */
    static String usage() {
        return "usage: ./raabta bench live --link NAME|FILE [--system "
                + Arrays.stream(SystemKind.values()).map(SystemKind::label).collect(Collectors.joining("|"))
                + "] [--doctor "
                + Arrays.stream(Browser.values()).map(Browser::label).collect(Collectors.joining("|"))
                + "] [--scenario "
                + Arrays.stream(Scenario.values()).map(Scenario::label).collect(Collectors.joining("|"))
                + "] [--profile NAME|FILE] [--pin RUNG] [--seconds N] [--photo-at N] [--seed N] --out DIR";
    }
}
