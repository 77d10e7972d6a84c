package org.raabta.bench.live;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.raabta.bench.report.DirectionResult;
import org.raabta.bench.score.Percentiles;
import org.raabta.bench.score.Span;

/** What of photos and stills passed from one page to the other. Times are milliseconds since 1970. */
final class ItemStatistics {
    /** How often who looks at a still asks how old it is. */
    private static final double LOOK_MS = 250;

    private static final double UNKNOWN_AGE_MS = 0;

    private final List<Driver.Event> sender;
    private final List<Driver.Event> receiver;
    private final Span call;

    ItemStatistics(List<Driver.Event> sender, List<Driver.Event> receiver, Span call) {
        this.sender = sender;
        this.receiver = receiver;
        this.call = call;
    }

    /**
     * The first photo that was put.
     *
     * @param leftShare of the time from its first byte until the server had it
     */
    DirectionResult.@Nullable Photo photo(Function<Span, OptionalDouble> leftShare) {
        Optional<Driver.Event> put = first(sender, "itemPut", "kind", "photo");
        if (put.isEmpty()) {
            return null;
        }
        String id = text(put.get(), "id");
        long bytes = put.get().body().path("bytes").asLong();
        Optional<Driver.Event> came = first(receiver, "itemCame", "id", id);
        Optional<Driver.Event> asked = receiver.stream()
                .filter(e -> e.is("clicked") && text(e, "testid").startsWith("request-"))
                .reduce((earlier, later) -> later.atMs() < put.get().atMs() ? later : earlier);
        Double ms = came.isPresent() && asked.isPresent()
                ? came.get().atMs() - asked.get().atMs()
                : null;
        Optional<Driver.Event> began = first(sender, "itemBegan", "id", id);
        Optional<Driver.Event> done = first(sender, "itemDone", "id", id);
        if (began.isEmpty() || done.isEmpty()) {
            return new DirectionResult.Photo(bytes, ms, null, null);
        }
        Span span = new Span(began.get().atMs(), done.get().atMs());
        return new DirectionResult.Photo(
                bytes,
                ms,
                done.get().body().path("sentBytes").asLong() - bytes,
                new DirectionResult.Transfer(
                        put.get().body().path("w").asInt(),
                        put.get().body().path("h").asInt(),
                        span.lengthMs(),
                        span.lengthMs() > 0 ? bytes * 8 / span.lengthMs() : 0,
                        came.map(e -> text(e, "sha").equals(text(put.get(), "sha")))
                                .orElse(null),
                        LiveScores.boxed(leftShare.apply(span))));
    }

    /** A picture that came whole, and when its camera saw it. */
    private record Shown(double cameMs, double takenMs, long bytes) {}

    /** @param wanted whether there should be some: then none is a figure too */
    DirectionResult.@Nullable Stills stills(boolean wanted) {
        List<Shown> shown = shown();
        if (shown.isEmpty()) {
            return wanted ? new DirectionResult.Stills(0, null, null, 0L) : null;
        }
        double meanMs = shown.stream()
                .mapToDouble(one -> one.cameMs() - one.takenMs())
                .average()
                .orElse(Double.NaN);
        return new DirectionResult.Stills(
                shown.size(),
                meanMs,
                LiveScores.boxed(medianAgeMs(shown)),
                shown.stream().mapToLong(Shown::bytes).sum());
    }

    private List<Shown> shown() {
        Map<String, Double> takenMs = new HashMap<>();
        for (Driver.Event event : sender) {
            if (event.is("itemPut")) {
                takenMs.put(
                        text(event, "id"),
                        event.atMs() - event.body().path("ageMs").asDouble());
            }
        }
        List<Shown> shown = new ArrayList<>();
        for (Driver.Event event : receiver) {
            if (event.is("itemCame")
                    && text(event, "kind").equals("still")
                    && event.atMs() >= call.fromMs()
                    && event.atMs() <= call.toMs()) {
                // Of one that the relay made only the relay knows when: the way to it is not in there.
                double relayMs = event.atMs() - event.body().path("ageMs").asDouble(UNKNOWN_AGE_MS);
                shown.add(new Shown(
                        event.atMs(),
                        takenMs.getOrDefault(text(event, "id"), relayMs),
                        event.body().path("bytes").asLong()));
            }
        }
        shown.sort(Comparator.comparingDouble(Shown::cameMs));
        return shown;
    }

    private OptionalDouble medianAgeMs(List<Shown> shown) {
        double fromMs = shown.get(0).cameMs();
        double[] ages = new double[(int) Math.max(1, (call.toMs() - fromMs) / LOOK_MS)];
        Arrays.setAll(ages, i -> {
            double atMs = fromMs + i * LOOK_MS;
            double newest = shown.stream()
                    .filter(one -> one.cameMs() <= atMs)
                    .mapToDouble(Shown::takenMs)
                    .max()
                    .orElse(atMs);
            return atMs - newest;
        });
        return Percentiles.of(ages, 0.5);
    }

    private static Optional<Driver.Event> first(List<Driver.Event> events, String name, String field, String value) {
        return events.stream()
                .filter(e -> e.is(name) && text(e, field).equals(value))
                .findFirst();
    }

    private static String text(Driver.Event event, String field) {
        return event.body().path(field).asText();
    }
}
