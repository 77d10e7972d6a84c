package org.raabta.bench.link;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.raabta.bench.link.Link.Conditions;
import org.raabta.bench.link.Link.Gaps;
import org.raabta.bench.link.Link.Script;
import org.raabta.bench.link.Link.Step;
import org.raabta.bench.link.LinkDirection.Limit;
import org.raabta.bench.link.LinkDirection.Loss;
import org.raabta.bench.link.LinkDirection.Rate;
import org.raabta.bench.link.LinkDirection.Stalls;
import org.raabta.bench.link.LinkDirection.Stalls.Length;
import org.raabta.bench.link.LinkDirection.Wake;

/** Reads one link file (HOCON) into a {@link Link}; the keys are explained in {@code links/README.md}. */
final class LinkReader {
    private static final Set<String> LINK = Set.of("about", "like", "down", "up", "gaps", "udp", "steps", "repeat");
    private static final Set<String> DIRECTION =
            Set.of("rate", "queue", "base-delay", "jitter-sd", "stalls", "wake", "loss", "overhead");
    private static final Set<String> STEP = Set.of("at", "link", "outage");

    /** Finds the link that a file names. */
    private final Function<String, Link> named;
    /** Where trace files are looked for that are not named absolutely. */
    private final Path directory;

    LinkReader(Function<String, Link> named, Path directory) {
        this.named = named;
        this.directory = directory;
    }

    /**
     * @param origin names the file in errors
     * @throws LinkFileException naming file, line and key
     */
    Link read(String name, String origin, Reader text) {
        try {
            Config file = ConfigFactory.parseReader(
                    text,
                    ConfigParseOptions.defaults()
                            .setSyntax(ConfigSyntax.CONF)
                            .setOriginDescription(origin)
                            .setAllowMissing(false));
            return link(name, Section.top(file.root(), LINK));
        } catch (ConfigException.Parse e) {
            throw Section.wrongSyntax(e);
        }
    }

    private Link link(String name, Section file) {
        return new Link(
                name,
                file.text("about"),
                file.has("like") ? like(file) : conditions(file),
                file.has("udp") && udpBlocked(file),
                script(file));
    }

    private Conditions like(Section file) {
        for (String own : List.of("down", "up", "gaps")) {
            if (file.has(own)) {
                throw file.wrong(own, "a link is either like another or has its own down, up and gaps");
            }
        }
        return namedConditions(file, "like");
    }

    private Conditions namedConditions(Section section, String key) {
        try {
            return named.apply(section.text(key)).start();
        } catch (UnknownLinkException e) {
            throw section.wrong(key, String.valueOf(e.getMessage()));
        }
    }

    private Conditions conditions(Section file) {
        return new Conditions(
                direction(file.section("down", DIRECTION)),
                direction(file.section("up", DIRECTION)),
                file.optional("gaps", key -> {
                    Section gaps = file.section(key, Set.of("length", "every"));
                    Gaps read = new Gaps(gaps.someTime("length"), gaps.someTime("every"));
                    if (read.every().compareTo(read.length()) <= 0) {
                        throw gaps.wrong("every", "gaps must be shorter than the time from one to the next");
                    }
                    return read;
                }));
    }

    private static boolean udpBlocked(Section file) {
        return switch (file.text("udp")) {
            case "blocked" -> true;
            case "open" -> false;
            default -> throw file.wrong("udp", "expected open or blocked");
        };
    }

    private Script script(Section file) {
        List<Step> steps = steps(file);
        Optional<Duration> repeat = file.optional("repeat", file::someTime);
        if (repeat.isPresent()
                && !steps.isEmpty()
                && steps.get(steps.size() - 1).at().compareTo(repeat.get()) > 0) {
            throw file.wrong("repeat", "the last step comes later");
        }
        return new Script(steps, repeat);
    }

    private List<Step> steps(Section file) {
        if (!file.has("steps")) {
            return List.of();
        }
        List<Step> steps = file.sections("steps", STEP).stream().map(this::step).toList();
        Duration last = Duration.ZERO;
        for (Step step : steps) {
            if (step.at().compareTo(last) < 0) {
                throw file.wrong("steps", "steps stand in the order of their times");
            }
            last = step.at();
        }
        return steps;
    }

    private Step step(Section step) {
        return new Step(
                step.duration("at"),
                !step.has("outage")
                        ? List.of()
                        : step.isList("outage") ? step.durations("outage") : List.of(step.duration("outage")),
                step.optional("link", key -> namedConditions(step, key)),
                step.optional("link", step::text));
    }

    private LinkDirection direction(Section direction) {
        return new LinkDirection(
                rate(direction),
                direction.isBytes("queue")
                        ? new Limit.Bytes(direction.bytes("queue"))
                        : new Limit.Time(direction.duration("queue")),
                direction.duration("base-delay"),
                direction.optional("jitter-sd", direction::duration).orElse(Duration.ZERO),
                direction.optional(
                        "stalls", key -> stalls(direction.section(key, Set.of("every", "mean", "from", "to")))),
                direction.optional("wake", key -> {
                    Section wake = direction.section(key, Set.of("delay", "idle"));
                    return new Wake(wake.duration("delay"), wake.duration("idle"));
                }),
                direction.optional("loss", key -> {
                    Section loss = direction.section(key, Set.of("percent", "burst"));
                    return new Loss(
                            loss.number("percent", 0, 100) / 100,
                            loss.optional("burst", loss::duration).orElse(Duration.ZERO));
                }),
                direction.optional("overhead", direction::bytes).orElse(0));
    }

    private Rate rate(Section direction) {
        if (!direction.isObject("rate")) {
            return new Rate.Constant(direction.someRate("rate"));
        }
        Section rate = direction.section(
                "rate", Set.of("schedule", "repeat", "middle", "lowest", "highest", "every", "trace", "opportunity"));
        if (rate.has("trace")) {
            return trace(rate);
        }
        if (rate.has("middle")) {
            return new Rate.Walk(
                    rate.someRate("middle"),
                    rate.number("lowest", 0.001, 1),
                    rate.number("highest", 1, 100),
                    rate.someTime("every"));
        }
        List<Rate.Point> points = rate.sections("schedule", Set.of("at", "rate")).stream()
                .map(point -> new Rate.Point(point.duration("at"), point.bitsPerSecond("rate")))
                .toList();
        if (points.isEmpty() || !points.get(0).at().isZero()) {
            throw rate.wrong("schedule", "the first point stands at 0 s");
        }
        for (int i = 1; i < points.size(); i++) {
            if (points.get(i).at().compareTo(points.get(i - 1).at()) <= 0) {
                throw rate.wrong("schedule", "points stand in the order of their times");
            }
        }
        Optional<Duration> repeat = rate.optional("repeat", rate::someTime);
        if (repeat.isPresent() && points.get(points.size() - 1).at().compareTo(repeat.get()) >= 0) {
            throw rate.wrong("repeat", "the last point comes later");
        }
        return new Rate.Schedule(points, repeat);
    }

    private Rate.Trace trace(Section rate) {
        String file = rate.text("trace");
        if (rate.bytes("opportunity") == 0) {
            throw rate.wrong("opportunity", "expected at least 1 B");
        }
        try {
            return new Rate.Trace(
                    file, rate.bytes("opportunity"), TraceFile.parse(Files.readAllLines(directory.resolve(file))));
        } catch (IOException e) {
            throw rate.wrong("trace", "cannot read " + file);
        } catch (LinkFileException e) {
            throw rate.wrong("trace", file + ": " + e.getMessage());
        }
    }

    private static Stalls stalls(Section stalls) {
        if (stalls.has("mean")) {
            return new Stalls(stalls.someTime("every"), new Length.Exponential(stalls.someTime("mean")));
        }
        Length.Uniform length = new Length.Uniform(stalls.duration("from"), stalls.someTime("to"));
        if (length.longest().compareTo(length.shortest()) < 0) {
            throw stalls.wrong("to", "must not be below from");
        }
        return new Stalls(stalls.someTime("every"), length);
    }
}
