package org.raabta.bench.tune;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.raabta.bench.options.UsageException;

/** A number in a profile that may be turned between two bounds; its unit stays. */
record Knob(String key, double from, double to, String unit) {
    private static final Pattern GIVEN = Pattern.compile("([a-z0-9.-]+)=(\\d+(?:\\.\\d+)?)\\.\\.(\\d+(?:\\.\\d+)?)");
    private static final Pattern VALUE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*([a-z%]*)");

    /** @throws UsageException if it is not {@code key=from..to}, or the profile has no such number */
    static Knob of(String given, ProfileText profile) throws UsageException {
        Matcher parts = GIVEN.matcher(given);
        if (!parts.matches()) {
            throw new UsageException("--knob: expected key=from..to, without units");
        }
        double from = Double.parseDouble(parts.group(2));
        double to = Double.parseDouble(parts.group(3));
        if (!(from < to)) {
            throw new UsageException("--knob " + parts.group(1) + ": from must be below to");
        }
        return new Knob(
                parts.group(1), from, to, valueOf(profile, parts.group(1)).group(2));
    }

    /** What the profile says now. */
    double present(ProfileText profile) throws UsageException {
        return Math.max(
                from, Math.min(to, Double.parseDouble(valueOf(profile, key).group(1))));
    }

    private static Matcher valueOf(ProfileText profile, String key) throws UsageException {
        Matcher value = VALUE.matcher(profile.value(key));
        if (!value.matches()) {
            throw new UsageException("--knob " + key + ": its value is not one number");
        }
        return value;
    }

    /** A value as the profile writes it: whole where the bounds are wide. */
    String written(double value) {
        String number = to - from >= 20 || unit.isEmpty()
                ? Long.toString(Math.round(value))
                : String.format(Locale.ROOT, "%.2f", value);
        return (number + " " + unit).strip();
    }
}
