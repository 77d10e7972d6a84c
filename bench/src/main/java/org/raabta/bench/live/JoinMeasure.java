package org.raabta.bench.live;

import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.raabta.bench.emulator.LinkEvent;
import org.raabta.bench.emulator.Way;
import org.raabta.bench.link.Link;
import org.raabta.bench.report.DirectionResult;
import org.raabta.bench.report.RunResult;

/** How the patient came into the call, from the events of the last time that the page was opened. */
final class JoinMeasure {
    private final LiveScores.Observed seen;
    private final List<Driver.Event> visit;

    JoinMeasure(LiveScores.Observed seen) {
        this.seen = seen;
        int from = 0;
        for (int i = 0; i < seen.patient().size(); i++) {
            // Between two visits the page is left for an empty one.
            if (seen.patient().get(i).is("opening") && !isEmpty(seen.patient().get(i))) {
                from = i;
            }
        }
        this.visit = seen.patient().subList(from, seen.patient().size());
    }

    private static boolean isEmpty(Driver.Event opening) {
        return opening.body().path("url").asText().equals(Driver.EMPTY_PAGE);
    }

    /** When the doctor pressed the button; empty if it never came to that. */
    OptionalDouble admitMs() {
        return first(seen.doctor(), JoinMeasure::isAdmit);
    }

    static boolean isAdmit(Driver.Event event) {
        return isClick(event, "admit");
    }

    private static boolean isClick(Driver.Event event, String testid) {
        return event.is("clicked") && event.body().path("testid").asText().equals(testid);
    }

    RunResult.@Nullable Join measure(Collection<DirectionResult> directions) {
        OptionalDouble openMs = first(visit, e -> e.is("opening"));
        if (openMs.isEmpty()) {
            return null;
        }
        OptionalDouble shownMs = first(visit, e -> e.isState("welcome"));
        OptionalDouble clickMs = first(visit, e -> isClick(e, "join"));
        // A patient's page may show the waiting room before its server knows; the doctor's page shows what the server
        // knows.
        OptionalDouble waitingMs = first(
                seen.doctor(), e -> e.isState("waiting") && clickMs.isPresent() && e.atMs() >= clickMs.getAsDouble());
        double untilMs = waitingMs.orElse(seen.endMs());
        Link link = seen.options().link();
        return new RunResult.Join(
                bytes(Way.DOWN, openMs.getAsDouble(), untilMs),
                bytes(Way.UP, openMs.getAsDouble(), untilMs),
                (int) visit.stream()
                        .filter(e -> e.is("request") && e.atMs() <= untilMs)
                        .count(),
                difference(openMs, shownMs),
                difference(clickMs, waitingMs),
                bothHeardMs(directions),
                LiveScores.boxed(Floors.admitToAudioMs(link)),
                shownMs.isPresent() ? LiveScores.boxed(pageFloorMs(link, openMs, shownMs)) : null,
                shownMs.isPresent() && clickMs.isPresent()
                        ? LiveScores.boxed(Floors.waitingMs(link, clickMs.getAsDouble() - shownMs.getAsDouble()))
                        : null,
                difference(openMs, waitingMs),
                waitingMs.isPresent()
                        ? LiveScores.boxed(Floors.coldMs(link, delivered(Way.DOWN, openMs.getAsDouble(), untilMs)))
                        : null);
    }

    private OptionalDouble pageFloorMs(Link link, OptionalDouble openMs, OptionalDouble shownMs) {
        return Floors.pageMs(
                link,
                bytes(Way.DOWN, openMs.getAsDouble(), shownMs.getAsDouble()),
                bytes(Way.UP, openMs.getAsDouble(), shownMs.getAsDouble()));
    }

    /** What was offered to the link in that time, signalling and handshakes included. */
    private long bytes(Way way, double fromMs, double toMs) {
        return sum(way, fromMs, toMs, LinkEvent::atNanos, event -> true);
    }

    /** What had passed the link by then: what waits for its turn was not needed. */
    private long delivered(Way way, double fromMs, double toMs) {
        return sum(way, fromMs, toMs, LinkEvent::leftNanos, event -> event.wireBytes() > 0);
    }

    private long sum(
            Way way, double fromMs, double toMs, ToLongFunction<LinkEvent> nanos, Predicate<LinkEvent> counted) {
        long sum = 0;
        for (LinkEvent event : seen.link().log().events(way)) {
            double atMs = seen.linkStartMs() + nanos.applyAsLong(event) / 1e6;
            sum += counted.test(event) && atMs >= fromMs && atMs <= toMs ? event.ipBytes() : 0;
        }
        return sum;
    }

    private static @Nullable Double bothHeardMs(Collection<DirectionResult> directions) {
        double latest = 0;
        for (DirectionResult direction : directions) {
            Double heard = direction.firstAudioMs();
            if (heard == null) {
                return null;
            }
            latest = Math.max(latest, heard);
        }
        return directions.isEmpty() ? null : latest;
    }

    private static @Nullable Double difference(OptionalDouble from, OptionalDouble to) {
        return from.isPresent() && to.isPresent() ? to.getAsDouble() - from.getAsDouble() : null;
    }

    private static OptionalDouble first(List<Driver.Event> events, Predicate<Driver.Event> wanted) {
        return events.stream().filter(wanted).mapToDouble(Driver.Event::atMs).findFirst();
    }
}
