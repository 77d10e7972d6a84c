package org.raabta.adapter.profile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.raabta.adapter.AudioPlan;
import org.raabta.adapter.Rung;

/**
 * The lines of a profile: {@code key = value}, {@code #} begins a comment. Every value is asked for once by its key, with its unit
 * and bounds; what nobody asked for is unknown.
 */
final class ProfileText {
    private static final int MOST_CHARS = 65_536;
    private static final Pattern KEY = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");
    private static final Pattern NUMBER = Pattern.compile("(\\d{1,7}(?:\\.\\d{1,4})?)\\s*([a-z%]*)");
    private static final Pattern SPEECH = Pattern.compile("(\\d{1,2})k/(20|40|60|120)ms(\\+red)?(\\+dtx)?");
    private static final int LEAST_AUDIO_KBPS = 6;
    private static final int MOST_AUDIO_KBPS = 64;

    private final String name;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    private record Entry(int line, String value) {}

    ProfileText(String name, String text) {
        this.name = name;
        if (text.length() > MOST_CHARS) {
            throw new ProfileException(name, 0, "", "is longer than " + MOST_CHARS + " characters");
        }
        int line = 0;
        for (String whole : text.lines().toList()) {
            line++;
            int comment = whole.indexOf('#');
            String content = (comment < 0 ? whole : whole.substring(0, comment)).strip();
            if (!content.isEmpty()) {
                addLine(line, content);
            }
        }
    }

    private void addLine(int line, String content) {
        int equals = content.indexOf('=');
        if (equals < 0) {
            throw new ProfileException(name, line, "", "expected key = value");
        }
        String key = content.substring(0, equals).strip();
        String value = content.substring(equals + 1).strip();
        if (!KEY.matcher(key).matches()) {
            throw new ProfileException(name, line, "", "a key is made of a-z, 0-9, dots and dashes");
        }
        if (value.isEmpty()) {
            throw new ProfileException(name, line, key, "has no value");
        }
        Integer first = lines.putIfAbsent(key, line);
        if (first != null) {
            throw new ProfileException(name, line, key, "is given twice, first in line " + first);
        }
        entries.put(key, new Entry(line, value));
    }

    String name() {
        return name;
    }

    double kbps(String key, double least, double most) {
        return number(key, "kbps", least, most);
    }

    /** Written in ms or s. */
    double durationMs(String key, double leastMs, double mostMs) {
        Entry entry = take(key);
        Matcher matcher = NUMBER.matcher(entry.value);
        if (!matcher.matches()
                || !(matcher.group(2).equals("ms") || matcher.group(2).equals("s"))) {
            throw wrong(key, "expected a number and ms or s, such as 10 s");
        }
        double ms = Double.parseDouble(matcher.group(1)) * (matcher.group(2).equals("s") ? 1000 : 1);
        return bounded(key, ms, leastMs, mostMs, "ms");
    }

    /** Written in percent, returned as a share of 1. */
    double share(String key, double leastPercent, double mostPercent) {
        return number(key, "%", leastPercent, mostPercent) / 100;
    }

    /** Written as a number and x. */
    double factor(String key, double least, double most) {
        return number(key, "x", least, most);
    }

    int count(String key, String unit, int least, int most) {
        double value = number(key, unit, least, most);
        if (value != Math.rint(value)) {
            throw wrong(key, "expected a whole number");
        }
        return (int) value;
    }

    private double number(String key, String unit, double least, double most) {
        Entry entry = take(key);
        Matcher matcher = NUMBER.matcher(entry.value);
        if (!matcher.matches() || !matcher.group(2).equals(unit)) {
            throw wrong(key, unit.isEmpty() ? "expected a number without a unit" : "expected a number and " + unit);
        }
        return bounded(key, Double.parseDouble(matcher.group(1)), least, most, unit);
    }

    private double bounded(String key, double value, double least, double most, String unit) {
        if (value < least || value > most) {
            throw wrong(
                    key, "must be from " + plain(least) + " to " + plain(most) + (unit.isEmpty() ? "" : " " + unit));
        }
        return value;
    }

    /** Numbers parted by spaces, rising, then their unit. */
    List<Integer> rising(String key, String unit, int least, int most) {
        String[] words = take(key).value.split("\\s+", -1);
        List<Integer> values = new ArrayList<>();
        for (int i = 0; i < words.length - 1; i++) {
            if (!words[i].matches("\\d{1,5}")) {
                throw wrong(key, "expected whole numbers and " + unit);
            }
            int value = Integer.parseInt(words[i]);
            bounded(key, value, least, most, unit);
            if (!values.isEmpty() && value <= values.get(values.size() - 1)) {
                throw wrong(key, "must rise");
            }
            values.add(value);
        }
        if (values.isEmpty() || !words[words.length - 1].equals(unit)) {
            throw wrong(key, "expected whole numbers and " + unit);
        }
        return values;
    }

    /** As {@link #speech}, none where the key is missing: profiles are older than some keys. */
    List<AudioPlan> speechIfGiven(String key) {
        return entries.containsKey(key) ? speech(key, true) : List.of();
    }

    /** Ways to send speech such as {@code 16k/60ms+red}, parted by spaces, each dearer than the one before; or {@code none}. */
    List<AudioPlan> speech(String key, boolean mayBeNone) {
        String value = take(key).value;
        if (value.equals("none") && mayBeNone) {
            return List.of();
        }
        List<AudioPlan> plans = new ArrayList<>();
        for (String word : value.split("\\s+", -1)) {
            Matcher matcher = SPEECH.matcher(word);
            if (!matcher.matches()) {
                throw wrong(key, "expected steps such as 12k/60ms or 16k/60ms+red or 6k/120ms+dtx");
            }
            int kbps = Integer.parseInt(matcher.group(1));
            bounded(key, kbps, LEAST_AUDIO_KBPS, MOST_AUDIO_KBPS, "k");
            AudioPlan plan = new AudioPlan(
                    kbps * 1000,
                    Integer.parseInt(matcher.group(2)),
                    matcher.group(3) != null,
                    matcher.group(4) != null);
            if (!plans.isEmpty()
                    && plan.wireKbps() <= plans.get(plans.size() - 1).wireKbps()) {
                throw wrong(key, "each step must cost more than the one before");
            }
            plans.add(plan);
        }
        return plans;
    }

    /** Names of rungs, best first. */
    List<Rung> rungs(String key) {
        List<Rung> rungs = new ArrayList<>();
        for (String word : take(key).value.split("\\s+", -1)) {
            Rung rung = rungOf(key, word);
            if (!rungs.isEmpty() && rung.compareTo(rungs.get(rungs.size() - 1)) <= 0) {
                throw wrong(key, "rungs must be named once, best first");
            }
            rungs.add(rung);
        }
        return rungs;
    }

    private Rung rungOf(String key, String label) {
        for (Rung rung : Rung.values()) {
            if (rung.label().equals(label)) {
                return rung;
            }
        }
        throw wrong(key, "names an unknown rung");
    }

    Preference preference(String key) {
        return switch (take(key).value) {
            case "motion" -> Preference.MOTION;
            case "detail" -> Preference.DETAIL;
            default -> throw wrong(key, "must be motion or detail");
        };
    }

    /** To be called when everything was asked for. */
    void end() {
        for (Map.Entry<String, Entry> left : entries.entrySet()) {
            throw new ProfileException(name, left.getValue().line, left.getKey(), "is not a key of profiles");
        }
    }

    private Entry take(String key) {
        Entry entry = entries.remove(key);
        if (entry == null) {
            throw new ProfileException(name, 0, key, "is missing");
        }
        return entry;
    }

    ProfileException wrong(String key, String problem) {
        return new ProfileException(name, lines.getOrDefault(key, 0), key, problem);
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
