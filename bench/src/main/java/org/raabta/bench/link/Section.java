package org.raabta.bench.link;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One braced part of a link file, read key by key; every error names file, line and key. */
final class Section {
    private static final Pattern BITRATE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?(bps|kbps|Mbps)");
    private static final Pattern DURATION = Pattern.compile("([0-9]+(?:\\.[0-9]+)?) ?(ms|s)");
    private static final Pattern BYTES = Pattern.compile("([0-9]{1,6}) ?B");

    private final ConfigObject object;
    private final String path;

    /** @param path dotted, as errors name it; empty at the top of the file */
    private Section(ConfigObject object, String path) {
        this.object = object;
        this.path = path;
    }

    /** The whole file, every key of which is {@code known}. */
    static Section top(ConfigObject file, Set<String> known) {
        Section section = new Section(file, "");
        section.refuseUnknown(known);
        return section;
    }

    boolean has(String key) {
        return object.containsKey(key);
    }

    boolean isObject(String key) {
        return object.get(key) instanceof ConfigObject;
    }

    boolean isBytes(String key) {
        @Nullable ConfigValue value = object.get(key);
        return value != null
                && BYTES.matcher(String.valueOf(value.unwrapped()).strip()).matches();
    }

    boolean isList(String key) {
        @Nullable ConfigValue value = object.get(key);
        return value != null && value.unwrapped() instanceof List;
    }

    /** The braced part under {@code key}, every key of which is {@code known}. */
    Section section(String key, Set<String> known) {
        return asSection(value(key), join(key), known);
    }

    /** The braced parts in the list under {@code key}. */
    List<Section> sections(String key, Set<String> known) {
        List<Section> sections = new ArrayList<>();
        for (ConfigValue element : list(key)) {
            sections.add(asSection(element, join(key) + "[" + sections.size() + "]", known));
        }
        return sections;
    }

    String text(String key) {
        return text(value(key), join(key));
    }

    Duration duration(String key) {
        return duration(value(key), join(key));
    }

    /** A time above 0. */
    Duration someTime(String key) {
        Duration duration = duration(key);
        if (duration.isZero()) {
            throw wrong(key, "expected a time above 0");
        }
        return duration;
    }

    List<Duration> durations(String key) {
        return list(key).stream().map(element -> duration(element, join(key))).toList();
    }

    long bitsPerSecond(String key) {
        Matcher matcher = matched(BITRATE, value(key), join(key), "a rate such as 20 kbps or 2 Mbps");
        double factor = switch (matcher.group(2)) {
            case "Mbps" -> 1e6;
            case "kbps" -> 1e3;
            default -> 1;
        };
        return Math.round(Double.parseDouble(matcher.group(1)) * factor);
    }

    /** A rate above 0. */
    long someRate(String key) {
        long rate = bitsPerSecond(key);
        if (rate == 0) {
            throw wrong(key, "expected a rate above 0");
        }
        return rate;
    }

    int bytes(String key) {
        return Integer.parseInt(
                matched(BYTES, value(key), join(key), "bytes such as 1500 B").group(1));
    }

    /** A number from {@code lowest} to {@code highest}. */
    double number(String key, double lowest, double highest) {
        ConfigValue value = value(key);
        if (!(value.unwrapped() instanceof Number number)
                || number.doubleValue() < lowest
                || number.doubleValue() > highest) {
            throw wrong(value.origin(), join(key), "expected a number from " + lowest + " to " + highest);
        }
        return number.doubleValue();
    }

    <T> Optional<T> optional(String key, Function<String, T> reader) {
        return has(key) ? Optional.of(reader.apply(key)) : Optional.empty();
    }

    /** To be thrown: {@code key} is not what it should be. */
    LinkFileException wrong(String key, String why) {
        @Nullable ConfigValue value = object.get(key);
        return wrong(value == null ? object.origin() : value.origin(), join(key), why);
    }

    static LinkFileException wrongSyntax(ConfigException.Parse error) {
        return new LinkFileException(String.valueOf(error.getMessage()));
    }

    private ConfigValue value(String key) {
        @Nullable ConfigValue value = object.get(key);
        if (value == null) {
            throw wrong(object.origin(), join(key), "missing");
        }
        return value;
    }

    private List<ConfigValue> list(String key) {
        if (value(key) instanceof com.typesafe.config.ConfigList list) {
            return list;
        }
        throw wrong(value(key).origin(), join(key), "expected a list in [ ]");
    }

    private static Section asSection(ConfigValue value, String path, Set<String> known) {
        if (!(value instanceof ConfigObject object)) {
            throw wrong(value.origin(), path, "expected a part in { }");
        }
        Section section = new Section(object, path);
        section.refuseUnknown(known);
        return section;
    }

    private void refuseUnknown(Set<String> known) {
        for (var entry : object.entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw wrong(
                        entry.getValue().origin(),
                        join(entry.getKey()),
                        "unknown key; known are "
                                + String.join(", ", known.stream().sorted().toList()));
            }
        }
    }

    private static String text(ConfigValue value, String path) {
        if (value.unwrapped() instanceof String text) {
            return text;
        }
        throw wrong(value.origin(), path, "expected text");
    }

    private static Duration duration(ConfigValue value, String path) {
        Matcher matcher = matched(DURATION, value, path, "a time such as 150 ms or 6 s");
        double millis = Double.parseDouble(matcher.group(1)) * (matcher.group(2).equals("s") ? 1000 : 1);
        return Duration.ofNanos(Math.round(millis * 1e6));
    }

    private static Matcher matched(Pattern pattern, ConfigValue value, String path, String expected) {
        Matcher matcher = pattern.matcher(String.valueOf(value.unwrapped()).strip());
        if (!matcher.matches()) {
            throw wrong(value.origin(), path, "expected " + expected);
        }
        return matcher;
    }

    private static LinkFileException wrong(ConfigOrigin origin, String path, String why) {
        return new LinkFileException(origin.description() + ": " + path + ": " + why);
    }

    private String join(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }
}
