package org.raabta.bench.live;

import java.util.List;
import java.util.Locale;

/** What a person holds the consultation with. */
public enum Browser {
    CHROMIUM("Chromium"),
    /** The ESR, which Debian has; elsewhere whatever Firefox there is. */
    FIREFOX("Firefox");

    private final String title;

    Browser(String title) {
        this.title = title;
    }

    /** As the options and the driver call it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String title() {
        return title;
    }

    /** Names of its program: the first that is there is taken. Debian's package has the first of them too. */
    List<String> programs() {
        return switch (this) {
            case CHROMIUM -> List.of("chromium");
            case FIREFOX -> List.of("firefox-esr", "firefox");
        };
    }
}
