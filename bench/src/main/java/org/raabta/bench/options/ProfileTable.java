package org.raabta.bench.options;

import java.util.Locale;
import java.util.stream.Collectors;
import org.raabta.adapter.Rung;
import org.raabta.adapter.profile.Profile;
import org.raabta.adapter.profile.RungSettings;
import org.raabta.signaling.profile.ProfileFiles;
import org.raabta.signaling.profile.UnusableProfileException;

/** The profiles that ship, with their figures, for {@code bench profiles}. */
public final class ProfileTable {
    private ProfileTable() {}

    public static String ofShipped() throws UnusableProfileException {
        StringBuilder out = new StringBuilder();
        for (String name : Profile.SHIPPED) {
            Profile profile = ProfileFiles.read(name);
            out.append(String.format(
                    Locale.ROOT,
                    "%s: %s first; climbs after %.0f s (%.0f s in the first %.0f s); rungs %s%n",
                    name,
                    profile.preference().name().toLowerCase(Locale.ROOT),
                    profile.climb().holdMs() / 1000,
                    profile.start().holdMs() / 1000,
                    profile.start().phaseMs() / 1000,
                    profile.allowed().stream().map(Rung::label).collect(Collectors.joining(" "))));
            out.append(String.format(
                    Locale.ROOT, "  %-13s %9s %9s %9s %9s%n", "kbps", "enter", "leave", "least", "picture"));
            for (RungSettings rung : profile.rungs()) {
                if (profile.allowed().contains(rung.rung())) {
                    out.append(row(rung));
                }
            }
        }
        return out.toString();
    }

    private static String row(RungSettings rung) {
        String picture = rung.rung().carriesVideo()
                ? String.format(
                        Locale.ROOT,
                        "%.0f-%.0f",
                        rung.picture().leastKbps(),
                        rung.picture().mostKbps())
                : "-";
        return String.format(
                Locale.ROOT,
                "  %-13s %9.1f %9.1f %9.1f %9s%n",
                rung.rung().label(),
                rung.enterKbps(),
                rung.leaveKbps(),
                rung.leastKbps(),
                picture);
    }
}
