package org.raabta.bench.tune;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.raabta.bench.link.Link;
import org.raabta.bench.link.LinkFileException;
import org.raabta.bench.link.Links;
import org.raabta.bench.link.UnknownLinkException;
import org.raabta.bench.options.CallerFolder;
import org.raabta.bench.options.UsageException;

/** Flags with values; some may be given several times. */
final class Arguments {
    private final Map<String, List<String>> given = new HashMap<>();

    /** @param several those that may be repeated */
    static Arguments read(List<String> arguments, Set<String> once, Set<String> several) throws UsageException {
        Arguments read = new Arguments();
        for (int i = 0; i < arguments.size(); i += 2) {
            String flag = arguments.get(i);
            if (!once.contains(flag) && !several.contains(flag)) {
                throw new UsageException("unknown option " + flag);
            }
            if (i + 1 == arguments.size()) {
                throw new UsageException(flag + " needs a value");
            }
            List<String> values = read.given.computeIfAbsent(flag, key -> new ArrayList<>());
            if (!values.isEmpty() && once.contains(flag)) {
                throw new UsageException(flag + " is given twice");
            }
            values.add(arguments.get(i + 1));
        }
        return read;
    }

    List<String> all(String flag) {
        return given.getOrDefault(flag, List.of());
    }

    String one(String flag, String otherwise) {
        List<String> values = all(flag);
        return values.isEmpty() ? otherwise : values.get(0);
    }

    int number(String flag, int otherwise, int least, int most) throws UsageException {
        String value = one(flag, Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(value);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new UsageException(flag + " must be a whole number from " + least + " to " + most);
    }

    Path directory(String flag) throws UsageException {
        if (all(flag).isEmpty()) {
            throw new UsageException(flag + " is missing");
        }
        return CallerFolder.resolve(one(flag, ""));
    }

    /** Names or files, with commas between; {@code all} is what ships and lets UDP pass. */
    List<Link> links(String flag, String otherwise) throws UsageException {
        String value = one(flag, otherwise);
        if (value.equals("all")) {
            return Links.shipped().stream().filter(link -> !link.udpBlocked()).toList();
        }
        List<Link> links = new ArrayList<>();
        for (String name : value.split(",", -1)) {
            try {
                links.add(name.indexOf('/') >= 0 ? Links.ofFile(CallerFolder.resolve(name)) : Links.shipped(name));
            } catch (UnknownLinkException | LinkFileException | java.io.IOException e) {
                throw new UsageException(flag + ": " + e.getMessage());
            }
        }
        for (Link link : links) {
            if (link.udpBlocked()) {
                throw new UsageException(
                        flag + ": media over TCP is not simulated, and " + link.name() + " lets no UDP pass");
            }
        }
        return links;
    }

    /** {@code count} seeds from {@code first} on. */
    static List<Long> seeds(long first, int count) {
        return LongStream.range(first, first + count).boxed().toList();
    }
}
